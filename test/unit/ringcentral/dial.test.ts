import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { SocketEnd } from '../../../src/ringcentral';
import { dialWebSocket } from '../../../src/ringcentral/gateway/dial';

describe('A real WebSocket', () => {
  let server: Server;
  let sockets: WebSocketServer;
  let url: string;

  beforeEach(async () => {
    server = createServer();
    sockets = new WebSocketServer({ server });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws?access_token=x`;
  });

  afterEach(async () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });

  const accepted = (): Promise<WebSocket> =>
    new Promise((done) => sockets.once('connection', done));

  const ended = (address = url): Promise<SocketEnd> =>
    new Promise((done) => {
      dialWebSocket(address, { message: () => undefined, alive: () => undefined, ended: done });
    });

  it('carries text both ways, shows pings as life, and answers them', async () => {
    const heard: string[] = [];
    const life = new Promise<void>((alive) => {
      const socket = dialWebSocket(url, {
        message: (text) => {
          heard.push(text);
          socket.send('[1]');
        },
        alive,
        ended: () => assert.fail('it was closed from this side'),
      });
      sockets.once('connection', (peer) => {
        peer.send('[0]');
        peer.on('message', (data: Buffer) => {
          heard.push(`echo ${data.toString()}`);
          peer.ping();
        });
        peer.on('pong', () => socket.close());
      });
    });
    const peer = await accepted();
    await life;
    await new Promise((done) => peer.once('close', done));
    assert.deepEqual(heard, ['[0]', 'echo [1]']);
  });

  it('tells with what code the server closed it', async () => {
    const end = ended();
    (await accepted()).close(4400, 'no token');
    assert.deepEqual(await end, { code: 4400 });
  });

  it('tells with what status, and for how long, the server refused it', async () => {
    sockets.close();
    server.removeAllListeners('upgrade').on('upgrade', (_, socket) => {
      socket.end('HTTP/1.1 429 Too Many Requests\r\nRetry-After: 9\r\nContent-Length: 0\r\n\r\n');
    });
    assert.deepEqual(await ended(), { status: 429, retryAfterMs: 9000 });
  });

  it('tells when nothing is there', async () => {
    const end = await ended('ws://127.0.0.1:9/ws');
    assert.ok(end.error);
    assert.equal(end.status, undefined);
  });
});
