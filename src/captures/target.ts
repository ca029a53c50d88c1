import * as l10n from '@vscode/l10n';
import { HumanError } from '../base/humanError';

/** Where deliveries are sent to. */
export class Target {
  readonly #path: string | undefined;
  readonly #query: string | undefined;

  private constructor(
    /** Scheme, host and port. */
    readonly origin: string,
    url: URL,
  ) {
    this.#path = url.pathname === '/' ? undefined : url.pathname;
    this.#query = url.search === '' ? undefined : url.search;
  }

  /** Reads what a person typed; throws a `HumanError` when nothing can be sent there. */
  static parse(text: string): Target {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
      throw new HumanError(l10n.t('“{0}” is not an http or https address.', text), {
        remedy: l10n.t('Write it like {0}, with the scheme and the host.', 'http://127.0.0.1:4760'),
        code: 'ERR_INVALID_URL',
      });
    if (url.username !== '' || url.password !== '')
      throw new HumanError(l10n.t('The address holds a user name or a password.'), {
        remedy: l10n.t('Leave them out; recorded Authorization headers are sent as they are.'),
        code: 'ERR_INVALID_URL',
      });
    return new Target(url.origin, url);
  }

  get host(): string {
    return new URL(this.origin).hostname.replace(/^\[|\]$/g, '');
  }

  get port(): number {
    const { port, protocol } = new URL(this.origin);
    return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  }

  /** Whether this is that port of this machine. */
  isLoopback(port: number): boolean {
    return port === this.port && /^(?:127(?:\.\d+){3}|localhost|::1)$/.test(this.host);
  }

  /**
   * The path and query to send for a recorded one. An origin keeps both; an address with a path
   * replaces the path, and the query only with one of its own.
   */
  pathFor(recorded: string): string {
    const at = recorded.indexOf('?');
    const path = at < 0 ? recorded : recorded.slice(0, at);
    const query = at < 0 ? '' : recorded.slice(at);
    return (this.#path ?? path) + (this.#query ?? query);
  }
}
