import { request } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';

export interface Page {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Calls an address as a browser or a hostile page would; `host` and `method` may be forged. */
export function visit(
  url: string,
  o: { host?: string; method?: string; target?: string; address?: string } = {},
): Promise<Page> {
  const { hostname, port, pathname, search, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const call = request(
      {
        host:
          o.address ?? (hostname === 'localhost' ? '127.0.0.1' : hostname.replace(/[[\]]/g, '')),
        port,
        path: o.target ?? pathname + search,
        method: o.method ?? 'GET',
        headers: { host: o.host ?? host },
        agent: false,
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => (text += part));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
        });
      },
    );
    call.on('error', reject);
    call.end();
  });
}

/** Where the authorize page was told to send the browser back to, with these parameters. */
export function backFrom(authorizeUrl: string, params: Record<string, string>): string {
  const asked = new URL(authorizeUrl).searchParams;
  const back = new URL(asked.get('redirect_uri') ?? '');
  const all = { state: asked.get('state') ?? '', ...params };
  for (const [name, value] of Object.entries(all)) back.searchParams.set(name, value);
  return back.toString();
}

export async function occupy(
  port = 0,
  host = '127.0.0.1',
): Promise<{ port: number; free: () => Promise<void> }> {
  const server: Server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    free: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const { port, free } = await occupy();
  await free();
  return port;
}

export async function hasIPv6(): Promise<boolean> {
  return occupy(0, '::1').then(
    async ({ free }) => {
      await free();
      return true;
    },
    () => false,
  );
}
