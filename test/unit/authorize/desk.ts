import { AppRegistry, type AppProfile } from '../../../src/apps';
import { Authorizer, type OpenPage, type SessionState } from '../../../src/authorize';
import { type Log } from '../../../src/base/log';
import { Redactor } from '../../../src/base/redact';
import { MemoryStore } from '../../../src/keychain';
import { FakeClock, settle } from '../fakeClock';
import { backFrom, freePort, visit, type Page } from './browser';
import { EXTENSION, REVOKE, ScriptedHttp, TOKEN, tokens } from './scriptedHttp';

export const SECRET = 'planted-client-secret';

/** An Authorizer with everything around it: a person at the desk, a browser, RingCentral. */
export class Desk {
  readonly clock = new FakeClock();
  readonly redactor = new Redactor();
  readonly lines: string[] = [];
  readonly pages: Page[] = [];
  /** All states that were announced, as they were then. */
  readonly states: SessionState[] = [];
  readonly store = new MemoryStore();
  readonly http = new ScriptedHttp();
  apps: AppRegistry;
  authorizer: Authorizer;

  readonly #log: Log = {
    debug: (line) => this.lines.push(line),
    info: (line) => this.lines.push(line),
    warn: (line) => this.lines.push(line),
    error: (line) => this.lines.push(String(line)),
  };
  #profiles: unknown;

  constructor() {
    this.apps = this.#registry();
    this.authorizer = this.window();
    this.http
      .on(TOKEN, tokens(1), tokens(2), tokens(3), tokens(4))
      .on(EXTENSION, { status: 200, body: { id: 101, name: 'Ada', extensionNumber: '7' } })
      .on(REVOKE, { status: 200 });
  }

  /** Another editor window, or the same one after a restart. */
  window(): Authorizer {
    const apps = this.#registry();
    const authorizer = new Authorizer({
      apps,
      secrets: () => Promise.resolve(this.store),
      http: this.http,
      clock: this.clock,
      log: this.#log,
      redactor: this.redactor,
    });
    authorizer.onDidChange((id) => this.states.push(authorizer.state(id)));
    return authorizer;
  }

  /** What the browser shows in the end. */
  async page(): Promise<Page> {
    for (;;) {
      const page = this.pages.at(-1);
      if (page) return page;
      await settle(1);
    }
  }

  /** An app with its client secret in the store. */
  async app(more: Partial<AppProfile> = {}): Promise<AppProfile> {
    const app = await this.apps.add({
      name: `App ${this.apps.list().length + 1}`,
      environment: 'custom',
      server: 'http://127.0.0.1:1',
      clientId: 'client',
      grant: 'authorization_code',
      isPublicClient: false,
      redirectUris: [`http://127.0.0.1:${await freePort()}/cb`],
      ...more,
    });
    if (!app.isPublicClient) {
      await this.authorizer.setCredential(app.id, 'clientSecret', SECRET);
    }
    return app;
  }

  /** A browser in which somebody presses Allow at once, or whatever the parameters say. */
  browser(params: Record<string, string> = { code: 'planted-code' }): OpenPage {
    return (url) => {
      void visit(backFrom(url, params)).then((page) => this.pages.push(page));
      return Promise.resolve(true);
    };
  }

  async signedIn(more: Partial<AppProfile> = {}): Promise<AppProfile> {
    const app = await this.app(more);
    await this.authorizer.signIn(app.id, { open: this.browser() });
    return app;
  }

  #registry(): AppRegistry {
    return new AppRegistry({
      read: () => this.#profiles,
      write: (value) => Promise.resolve((this.#profiles = value)).then(() => undefined),
    });
  }
}
