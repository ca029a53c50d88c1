import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import * as l10n from '@vscode/l10n';
import { isLoopback } from '../apps';
import { HumanError, systemCode } from '../base/humanError';
import { type Disposable } from '../base/lifetime';
import { judge, type Verdict } from './callbackRequest';
import { PAGE_HEADERS, renderPage, type ResultPage } from './resultPage';

/** The browser's answer to this sign-in; its tab waits for a page. */
export interface Arrival {
  readonly outcome: Exclude<Verdict, { kind: 'rejected' }>;
  /** Resolves when the page is on its way; only the first page counts. */
  show(page: ResultPage): Promise<void>;
}

/** Local addresses that this machine may lack altogether. */
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'EPROTONOSUPPORT']);

/**
 * Waits on this machine, and only for it, for the browser to come back from the consent page
 * (RFC 8252, Loopback interface redirection; with registered ports, for RingCentral compares the
 * whole address). One answer counts; requests that are not that answer do not end the waiting.
 */
export class CallbackServer implements Disposable {
  /** The registered redirect URI that is listened on. */
  readonly redirectUri: string;
  readonly arrival: Promise<Arrival>;
  readonly #servers: Server[] = [];
  readonly #state: string;
  #arrive: (arrival: Arrival) => void = () => undefined;
  #hasArrived = false;
  #nearMiss: string | undefined;

  private constructor(redirectUri: string, state: string) {
    this.redirectUri = redirectUri;
    this.#state = state;
    this.arrival = new Promise((resolve) => (this.#arrive = resolve));
  }

  /** Listens on the first of the redirect URIs whose port is free. */
  static async listen(redirectUris: readonly string[], state: string): Promise<CallbackServer> {
    const own = redirectUris.filter(isOwn);
    if (own.length === 0) {
      throw new HumanError(l10n.t('The app has no redirect URI that leads to this machine.'), {
        remedy: l10n.t(
          'Register one such as {0} in the developer console, and add the app again with it.',
          'http://localhost:4748/callback',
        ),
      });
    }
    let problem: unknown;
    for (const redirectUri of own) {
      const server = new CallbackServer(redirectUri, state);
      try {
        await server.#listen();
        return server;
      } catch (error) {
        await server.dispose();
        problem = error;
      }
    }
    throw taken(own, problem);
  }

  /** What was wrong with the last answer that nearly was one. */
  get nearMiss(): string | undefined {
    return this.#nearMiss;
  }

  async dispose(): Promise<void> {
    await Promise.all(
      this.#servers.splice(0).map(
        (server) =>
          new Promise<void>((resolve) => {
            server.close(() => resolve());
            server.closeAllConnections();
          }),
      ),
    );
  }

  async #listen(): Promise<void> {
    const { hostname, port } = new URL(this.redirectUri);
    const number = port === '' ? 80 : Number(port);
    if (hostname !== '[::1]') await this.#bind(addressOf(hostname), number);
    // A browser may try either address of “localhost” first.
    if (hostname === '[::1]' || !hostname.startsWith('127.')) {
      await this.#bind('::1', number).catch((error: unknown) => {
        const isMissing = NO_SUCH_ADDRESS.has(systemCode(error) ?? '');
        if (!isMissing || this.#servers.length === 0) throw error;
      });
    }
  }

  #bind(address: string, port: number): Promise<void> {
    const server = createServer(
      { maxHeaderSize: 16 * 1024, headersTimeout: 10_000, requestTimeout: 10_000 },
      (request, response) => this.#receive(request, response),
    );
    server.maxConnections = 32;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host: address, port, exclusive: true }, () => {
        this.#servers.push(server);
        resolve();
      });
    });
  }

  #receive(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    const verdict = judge(
      { method: request.method ?? '', target: request.url ?? '', host: request.headers.host },
      { redirectUri: this.redirectUri, state: this.#state },
    );
    if (verdict.kind === 'rejected') {
      if (verdict.isNearMiss) this.#nearMiss = verdict.reason;
      void send(response, rejection(verdict.status, verdict.reason));
      return;
    }
    if (this.#hasArrived) {
      void send(response, rejection(400, l10n.t('This sign-in has been answered already.')));
      return;
    }
    this.#hasArrived = true;
    this.#arrive({ outcome: verdict, show: (page) => send(response, page) });
  }
}

function send(response: ServerResponse, page: ResultPage): Promise<void> {
  return new Promise((resolve) => {
    if (response.headersSent || response.destroyed) {
      resolve();
      return;
    }
    response.once('close', () => resolve());
    response.writeHead(page.status, {
      ...PAGE_HEADERS,
      ...(page.status === 405 && { allow: 'GET' }),
    });
    response.end(renderPage(page), () => resolve());
  });
}

function rejection(status: 400 | 404 | 405, reason: string): ResultPage {
  return {
    status,
    title: l10n.t('This is no answer to a sign-in'),
    text: reason,
    advice: l10n.t('Close this tab and begin again where you started the sign-in.'),
  };
}

function isOwn(redirectUri: string): boolean {
  if (!URL.canParse(redirectUri)) return false;
  const { protocol, hostname } = new URL(redirectUri);
  return protocol === 'http:' && isLoopback(hostname);
}

function addressOf(hostname: string): string {
  return hostname.startsWith('127.') ? hostname : '127.0.0.1';
}

function taken(redirectUris: readonly string[], cause: unknown): HumanError {
  const ports = [...new Set(redirectUris.map((uri) => new URL(uri).port || '80'))].join(', ');
  return new HumanError(
    l10n.t('The browser cannot come back here: no redirect port of the app is free ({0}).', ports),
    {
      remedy: l10n.t(
        'Stop a program that uses such a port, or register another redirect URI and add the app again with it.',
      ),
      code: systemCode(cause) ?? 'EADDRINUSE',
      cause,
    },
  );
}
