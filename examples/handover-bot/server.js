import { createServer } from 'node:http';

const LARGEST_BODY = 1024 * 1024;

/**
 * A small HTTP server: `routes` maps a path to a function that takes {method, query, headers, body}
 * (the body as bytes: signatures are made over bytes) and answers {status, headers, body}.
 * Only this computer can reach it; a tunnel or proxy makes it public.
 */
export function startServer({ port, routes, log }) {
  const server = createServer((request, response) => {
    answer(request, response, routes).catch((error) => {
      log('! a request could not be handled', error);
      if (response.headersSent) response.destroy();
      else send(response, { status: 500 });
    });
  });
  server.requestTimeout = 30_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

async function answer(request, response, routes) {
  const url = URL.canParse(request.url, 'http://bot') && new URL(request.url, 'http://bot');
  const route = url && routes[url.pathname];
  const body = await readBody(request);
  if (body === 'aborted') return;
  if (!route) return send(response, { status: 404 });
  if (body === 'too large') return send(response, { status: 413 });
  const { method, headers } = request;
  send(response, await route({ method, headers, body, query: url.searchParams }));
}

/** The body's bytes. One too large is read to its end, so that the sender gets to see why. */
function readBody(request) {
  return new Promise((resolve) => {
    let parts = [];
    let size = 0;
    request.on('data', (part) => {
      size += part.length;
      if (size <= LARGEST_BODY) parts.push(part);
      else parts = [];
    });
    request.on('end', () => resolve(size <= LARGEST_BODY ? Buffer.concat(parts) : 'too large'));
    request.on('error', () => resolve('aborted'));
  });
}

function send(response, { status, headers = {}, body = '' }) {
  response.writeHead(status, {
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
    ...headers,
  });
  response.end(body);
}
