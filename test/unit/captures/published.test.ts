import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { titleOf } from '../../../src/captures';
import { ConversationIndex } from '../../../src/captures/conversations';
import { isRecord, parseJson } from '../../../src/captures/json';
import { kindOf } from '../../../src/captures/kinds';
import { layOutJson } from '../../../src/captures/jsonLayout';
import { entryOf } from './entries';
import { skipBecause } from '../../skip';

const FOLDER = process.env.BOT_CHANNELS_EXAMPLES ?? join(__dirname, '../../../../shared/examples');

describe('Payloads as the platforms publish them', () => {
  before(function () {
    if (!existsSync(FOLDER))
      skipBecause(this, 'the published payloads are not here (BOT_CHANNELS_EXAMPLES)');
  });

  const published = (folder: string): { name: string; text: string; json: unknown }[] =>
    readdirSync(join(FOLDER, folder))
      .filter((name) => name.endsWith('.json'))
      .map((name) => {
        const text = readFileSync(join(FOLDER, folder, name), 'utf8');
        return { name, text, json: parseJson(text) };
      });
  const kind = (json: unknown, text: string): ReturnType<typeof kindOf> =>
    kindOf({ method: 'POST', target: '/hook', headers: [], json, text });

  it('are known as what they are', () => {
    for (const { name, text, json } of published('ringcentral/events'))
      if (isRecord(json)) assert.equal(kind(json, text), 'notification', name);
    for (const { name, text, json } of published('engage-digital')) {
      if (!isRecord(json)) continue;
      if (name.startsWith('webhooks__events')) assert.equal(kind(json, text), 'webhook', name);
      if (typeof json.action === 'string') assert.equal(kind(json, text), 'source-sdk', name);
    }
  });

  it('belong to the chat they were posted in, from the first post to its removal', () => {
    const index = new ConversationIndex();
    const titles: string[] = [];
    for (const name of ['post-1', 'post-2', 'post-3']) {
      const text = readFileSync(join(FOLDER, 'ringcentral/events', `${name}.json`), 'utf8');
      assert.equal(index.ofRequest('notification', parseJson(text)), '995723345922', name);
      titles.push(titleOf(entryOf({ _kind: 'notification', json: parseJson(text) })));
    }
    assert.deepEqual(titles, ['PostAdded', 'PostChanged', 'PostRemoved']);
  });

  it('are laid out without a token being changed', () => {
    for (const folder of ['ringcentral/events', 'engage-digital'])
      for (const { name, text, json } of published(folder))
        if (json !== undefined) assert.deepEqual(JSON.parse(layOutJson(text)), json, name);
  });
});
