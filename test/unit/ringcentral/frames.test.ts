import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readEvent } from '../../../src/ringcentral/gateway/gatewayEvent';
import { readFrame, writeFrame } from '../../../src/ringcentral/gateway/frames';
import { skipBecause } from '../../skip';

const EXAMPLES = join(
  process.env.BOT_CHANNELS_EXAMPLES ?? '../shared/examples',
  'ringcentral/websockets',
);

describe('Frames of the gateway', () => {
  it('are arrays of meta data and a body', () => {
    const frame = readFrame(
      '[{"type":"X","messageId":"m","status":201,"wsc":{"token":"t","sequence":4}},{"a":1}]',
    );
    assert.deepEqual(frame, {
      type: 'X',
      messageId: 'm',
      status: 201,
      wsc: { token: 't', sequence: 4 },
      body: { a: 1 },
    });
    assert.deepEqual(readFrame('[{"type":"Heartbeat"}]'), { type: 'Heartbeat', body: undefined });
    assert.equal(
      writeFrame({ type: 'Heartbeat', messageId: '1' }),
      '[{"type":"Heartbeat","messageId":"1"}]',
    );
    assert.equal(writeFrame({ type: 'ClientRequest' }, [1]), '[{"type":"ClientRequest"},[1]]');
  });

  it('may have a body in parts, which is no JSON', () => {
    const parts =
      '--Boundary_1\r\nContent-Type: application/json\r\n\r\n{"id":1}\r\n--Boundary_1--';
    const meta = '{"type":"ClientRequest","messageId":"m \\"}] ,--x","status":207}';
    const frame = readFrame(`[${meta},${parts}]`);
    assert.equal(frame?.type, 'ClientRequest');
    assert.equal(frame.messageId, 'm "}] ,--x');
    assert.equal(frame.status, 207);
    assert.equal(frame.body, parts);
  });

  it('that cannot be read are no frames, and no crash', () => {
    for (const text of [
      '',
      'x',
      '[]',
      '[{',
      '{"type":"X"}',
      '[{"type":1}]',
      '[null,2]',
      '["X"]',
      '[{"a":"',
    ])
      assert.equal(readFrame(text), undefined, text);
  });

  it('carry events whose envelope may have numbers for ids', () => {
    assert.deepEqual(readEvent({ event: '/x', uuid: 12, ownerId: 7, body: { a: 1 } }), {
      event: '/x',
      uuid: '12',
      ownerId: '7',
      body: { a: 1 },
    });
    assert.deepEqual(readEvent({ event: '/x', body: null }), { event: '/x', body: {} });
    assert.equal(readEvent({ body: {} }), undefined);
    assert.equal(readEvent('multipart'), undefined);
  });

  it('are read as RingCentral publishes them', function () {
    if (!existsSync(EXAMPLES))
      skipBecause(this, 'the published payloads are not here (BOT_CHANNELS_EXAMPLES)');
    const read = (name: string) => readFrame(readFileSync(join(EXAMPLES, `${name}.json`), 'utf8'));
    const details = read('connection-details');
    assert.equal(details?.type, 'ConnectionDetails');
    assert.equal(details.wsc?.sequence, 1);
    assert.equal((details.body as { recoveryTimeout: number }).recoveryTimeout, 180);
    assert.equal(read('heart-beat-response')?.type, 'Heartbeat');
    const notification = read('websocket-notification');
    assert.equal(notification?.type, 'ServerNotification');
    assert.equal(readEvent(notification.body)?.ownerId, '233676004');
    // Printed with an ellipsis, so the body is no JSON; the meta data must be read all the same.
    assert.equal(read('session-recovery')?.wsc?.token, 'G86G3HLB9HJH45MU7D');
  });
});
