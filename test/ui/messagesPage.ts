import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Locator, Page } from 'playwright-core';
import { pageHtml } from '../../src/workbench/messagesView/pageHtml';
import type {
  FromPage,
  SnapshotMessage,
  ToPage,
  UpdateMessage,
} from '../../src/workbench/messagesView/protocol';
import { english } from '../unit/messagesView/english';
import themes from './themes.json';

const root = path.resolve(__dirname, '../..');
const ORIGIN = 'https://messages.test';

export type Theme = keyof typeof themes;

/** The page's bundle, made as esbuild.js makes it. */
export async function bundleMessagesPage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'src/workbench/messagesView/browser/main.ts')],
    bundle: true,
    minify: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}

export interface MessagesPageOptions {
  readonly bundle: string;
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly reducedMotion?: boolean;
}

/**
 * The page of the Messages view in a browser: the real HTML with its policy, the real bundle, and in
 * place of VS Code its colours and the three functions it gives to webviews.
 */
export class MessagesPage {
  private constructor(
    readonly page: Page,
    /** What the browser complained about: errors, and whatever the policy kept out. */
    readonly complaints: readonly string[],
  ) {}

  static async open(browser: Browser, o: MessagesPageOptions): Promise<MessagesPage> {
    const context = await browser.newContext({
      viewport: { width: o.width ?? 1000, height: o.height ?? 420 },
      reducedMotion: o.reducedMotion === false ? 'no-preference' : 'reduce',
      timezoneId: 'UTC',
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        complaints.push(message.text());
      }
    });
    await serve(page, o.bundle);
    // tsx marks functions with their names; the browser does not know of that.
    await page.addInitScript('globalThis.__name = (f) => f');
    await page.addInitScript(standInForVSCode, themes[o.theme ?? 'dark']);
    const opened = new MessagesPage(page, complaints);
    await page.goto(`${ORIGIN}/`);
    await opened.said('ready');
    return opened;
  }

  async send(message: ToPage): Promise<void> {
    await this.page.evaluate((data) => window.postMessage(data, '*'), message);
  }

  snapshot(o: Partial<SnapshotMessage> = {}): Promise<void> {
    return this.send({
      type: 'snapshot',
      sentAt: Date.now(),
      language: 'en',
      strings: english,
      rows: [],
      ...o,
    });
  }

  update(o: Partial<UpdateMessage>): Promise<void> {
    return this.send({ type: 'update', sentAt: Date.now(), ...o });
  }

  /** Waits until the page has said something of this type and returns the last of it. */
  async said<T extends FromPage['type']>(type: T): Promise<Extract<FromPage, { type: T }>> {
    const said = await this.page.waitForFunction(
      (wanted) => window.said.findLast((message) => message.type === wanted),
      type,
    );
    return (await said.jsonValue()) as Extract<FromPage, { type: T }>;
  }

  async everythingSaid(): Promise<FromPage[]> {
    return this.page.evaluate(() => window.said);
  }

  get header(): Locator {
    return this.page.locator('bot-tail-header');
  }

  get rows(): Locator {
    return this.page.locator('bot-message-row');
  }

  /** The row that shows this text. */
  row(text: string): Locator {
    return this.rows.filter({ hasText: text });
  }

  get scroller(): Locator {
    return this.page.locator('.scroller');
  }

  get jump(): Locator {
    return this.page.locator('vscode-button.jump');
  }

  /** Pixels between what is seen and the end of the list. */
  distanceToEnd(): Promise<number> {
    return this.scroller.evaluate((e) => e.scrollHeight - e.scrollTop - e.clientHeight);
  }

  /** Resolves when the page has painted what it was sent before. */
  async painted(): Promise<void> {
    await this.page.evaluate(async () => {
      for (let i = 0; i < 4; i++) await new Promise((done) => requestAnimationFrame(done));
    });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}

declare global {
  interface Window {
    said: FromPage[];
  }
}

/** Everything the page may load; anything else is a failure. */
async function serve(page: Page, bundle: string): Promise<void> {
  const codicons = path.join(root, 'node_modules/@vscode/codicons/dist');
  const html = pageHtml({
    cspSource: ORIGIN,
    nonce: 'f3a9c2',
    script: `${ORIGIN}/messagesView.js`,
    codicons: `${ORIGIN}/codicons/codicon.css`,
    language: 'en',
    title: 'Messages',
  });
  await page.route('**', async (route) => {
    const { pathname, origin } = new URL(route.request().url());
    if (origin !== ORIGIN) return route.abort();
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    if (pathname === '/messagesView.js') {
      return route.fulfill({ contentType: 'text/javascript', body: bundle });
    }
    const file = /^\/codicons\/(codicon\.(?:css|ttf))$/.exec(pathname)?.[1];
    if (file === undefined) return route.fulfill({ status: 404 });
    const contentType = file.endsWith('.css') ? 'text/css' : 'font/ttf';
    return route.fulfill({ contentType, body: await readFile(path.join(codicons, file)) });
  });
}

/** Runs in the browser before the page does, as VS Code's own script for webviews. */
function standInForVSCode(theme: (typeof themes)[Theme]): void {
  window.said = [];
  Object.assign(window, {
    acquireVsCodeApi: () => ({
      postMessage: (message: FromPage) => window.said.push(message),
      getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') as unknown,
      setState: (state: unknown) => sessionStorage.setItem('state', JSON.stringify(state)),
    }),
  });
  const dress = (): void => {
    const { style } = document.documentElement;
    for (const [name, value] of Object.entries(theme.variables)) {
      style.setProperty(`--vscode-${name}`, value);
    }
    document.body.className = theme.bodyClass;
    document.body.style.backgroundColor = 'var(--vscode-panel-background)';
    document.body.style.fontFamily = 'var(--vscode-font-family)';
    document.body.style.fontSize = 'var(--vscode-font-size)';
    document.body.style.color = 'var(--vscode-foreground)';
  };
  if (document.readyState !== 'loading') dress();
  else document.addEventListener('DOMContentLoaded', dress);
}
