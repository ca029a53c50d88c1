import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server } from 'node:net';
import { HumanError } from '../../../src/base/humanError';
import { Redactor } from '../../../src/base/redact';
import { HttpClient, NetworkError } from '../../../src/http';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

describe('HttpClient', () => {
  const lines: string[] = [];
  const redactor = new Redactor();
  const note = (line: string | Error): unknown => lines.push(String(line));
  let client: HttpClient;
  let servers: Server[];

  beforeEach(() => {
    lines.length = 0;
    servers = [];
    client = new HttpClient({
      log: { debug: note, info: note, warn: note, error: note },
      redactor,
    });
  });

  afterEach(async () => {
    await client.dispose();
    await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  });

  async function listen(server: Server): Promise<string> {
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  const serve = async (handler: Handler): Promise<string> =>
    `http://${await listen(createServer(handler))}`;

  const failure = async (sending: Promise<unknown>): Promise<NetworkError> => {
    const error = await sending.then(
      () => assert.fail('it should have failed'),
      (e: unknown) => e,
    );
    assert.ok(error instanceof NetworkError, String(error));
    assert.ok(error.remedy);
    return error;
  };

  it('gives status, headers and the exact bytes', async () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d, 0xff]);
    const url = await serve((_, response) => {
      response.setHeader('Set-Cookie', ['a=1', 'b=2']).setHeader('X-One', 'yes');
      response.writeHead(418).end(bytes);
    });
    const response = await client.send({ method: 'GET', url });
    assert.equal(response.status, 418);
    assert.deepEqual(response.headers['set-cookie'], ['a=1', 'b=2']);
    assert.equal(response.headers['x-one'], 'yes');
    assert.deepEqual(Buffer.from(response.body), bytes);
    assert.equal(response.json(), undefined);
  });

  it('sends method, headers and body as they are, and reads JSON', async () => {
    const url = await serve((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts).toString('hex');
        response.end(JSON.stringify({ method: request.method, x: request.headers['x-a'], body }));
      });
    });
    const body = new Uint8Array([0, 255, 10]);
    const response = await client.send({ method: 'put', url, headers: { 'X-A': 'b' }, body });
    assert.deepEqual(response.json(), { method: 'PUT', x: 'b', body: '00ff0a' });
  });

  it('uses its connections again', async () => {
    const sockets = new Set<unknown>();
    const url = await serve((request, response) => {
      sockets.add(request.socket);
      response.end('ok');
    });
    for (let i = 0; i < 9; i++) await client.send({ method: 'GET', url });
    assert.ok(sockets.size <= 2, `${sockets.size} connections`);
  });

  it('does not follow a redirect', async () => {
    const url = await serve((_, response) => response.writeHead(302, { location: '/b' }).end());
    const response = await client.send({ method: 'GET', url });
    assert.equal(response.status, 302);
    assert.equal(response.headers.location, '/b');
  });

  it('says that nothing answers, and where, but not the path', async () => {
    const url = await serve(() => undefined);
    await new Promise((done) => servers.pop()?.close(done));
    const error = await failure(client.send({ method: 'GET', url: `${url}/secret/path?code=1` }));
    assert.equal(error.code, 'ECONNREFUSED');
    assert.equal(error.message, `Nothing answers at ${url}.`);
  });

  it('gives up a server that never answers after the time that was allowed', async () => {
    const url = await serve(() => undefined);
    const error = await failure(client.send({ method: 'GET', url, timeoutMs: 30 }));
    assert.equal(error.code, 'ETIMEDOUT');
    assert.match(error.message, /did not answer within 0\.03 s/);
  });

  it('counts the body into the time that was allowed', async () => {
    const url = await serve((_, response) => void response.writeHead(200).write('begun'));
    const error = await failure(client.send({ method: 'GET', url, timeoutMs: 30 }));
    assert.equal(error.code, 'ETIMEDOUT');
  });

  it('rejects with the reason of its caller when it is aborted', async () => {
    const url = await serve(() => controller.abort(reason));
    const reason = new Error('the person changed their mind');
    const controller = new AbortController();
    const sending = client.send({ method: 'GET', url, signal: controller.signal });
    await assert.rejects(sending, (error) => error === reason);
    const late = client.send({ method: 'GET', url, signal: controller.signal });
    await assert.rejects(late, (error) => error === reason);
  });

  it('sends a GET once more when the connection is cut, a POST never', async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      seen.push(String(request.method));
      if (seen.length === 1 || request.method === 'POST') request.socket.destroy();
      else response.end('second');
    });
    assert.equal((await client.send({ method: 'GET', url })).text(), 'second');
    const error = await failure(client.send({ method: 'POST', url, body: 'x' }));
    assert.match(error.message, /cut the connection/);
    assert.deepEqual(seen, ['GET', 'GET', 'POST']);
  });

  it('tells a port that does not speak TLS, and one that does not speak HTTP', async () => {
    const plain = await serve((_, response) => response.end());
    const tls = await failure(client.send({ method: 'GET', url: plain.replace('http', 'https') }));
    assert.match(tls.message, /No secure connection/);

    const garbage = await listen(createTcpServer((socket) => socket.resume().end('hello\r\n\r\n')));
    const http = await failure(client.send({ method: 'POST', url: `http://${garbage}` }));
    assert.match(http.message, /does not speak HTTP/);
  });

  it('refuses what is no web address', async () => {
    for (const url of ['nonsense', 'file:///etc/passwd', 'ws://127.0.0.1'])
      await assert.rejects(
        client.send({ method: 'GET', url }),
        (error) => error instanceof HumanError && error.code === 'ERR_INVALID_URL',
      );
  });

  it('logs each exchange without its secrets', async () => {
    redactor.learn('hunter2-hunter2');
    const url = await serve((_, response) => response.writeHead(201).end());
    await client.send({ method: 'GET', url: `${url}/a/hunter2-hunter2?access_token=abcdefgh&b=1` });
    assert.equal(lines.length, 1);
    assert.match(
      lines[0]!,
      /^GET http:\/\/127\.0\.0\.1:\d+\/a\/•••\?access_token=•••&b=1 → 201 in \d+ ms$/,
    );
  });

  it('cuts what is under way when it is disposed', async () => {
    const url = await serve(() => void client.dispose());
    await failure(client.send({ method: 'POST', url }));
  });
});
