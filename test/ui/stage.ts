import { cp, mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Browser, BrowserContext } from 'playwright-core';
import { launchBrowser } from '../../host/browser.mjs';
import { openCache } from '../../host/cache.mjs';
import { Children } from '../../host/children.mjs';
import {
  foldersIn,
  installExtension,
  startServer,
  writeSettings,
  type Folders,
} from '../../host/server.mjs';
import { Steps } from '../../host/steps.mjs';
import { CURRENT, installVSCode } from '../../host/vscode.mjs';
import { WorkbenchPage } from './workbenchPage';

const root = path.resolve(__dirname, '../..');

export interface StageOptions {
  readonly settings?: Record<string, unknown>;
  readonly env?: Record<string, string>;
  readonly version?: string;
  readonly viewport?: { width: number; height: number };
}

/**
 * A real VS Code with the packed extension installed, on a copy of the example bot, as a person
 * would have it open; nothing of it outlives `close()`.
 */
export class Stage {
  private constructor(
    readonly folder: string,
    readonly workspace: string,
    readonly folders: Folders,
    readonly url: string,
    readonly context: BrowserContext,
    readonly workbench: WorkbenchPage,
    private readonly browser: Browser,
    private readonly children: Children,
  ) {}

  static async open(options: StageOptions = {}): Promise<Stage> {
    const children = new Children();
    const steps = new Steps({ children, out: new PassThrough().resume() });
    const cache = await openCache();
    const vscode = await installVSCode(options.version ?? CURRENT, { cache, steps });
    const folder = await mkdtemp(path.join(os.tmpdir(), 'bot-channels-ui-'));
    const workspace = path.join(folder, 'handover-bot');
    await cp(path.join(root, 'examples', 'handover-bot'), workspace, { recursive: true });
    const folders = foldersIn(folder);
    await writeSettings(folders, {
      'workbench.startupEditor': 'none',
      'workbench.colorTheme': 'Default Dark Modern',
      'files.simpleDialog.enable': true,
      'window.confirmBeforeClose': 'never',
      ...options.settings,
    });
    await installExtension({ vscode, folders, vsix: vsixPath(), steps });
    const log = path.join(folder, 'server.log');
    // VS Code leaves sockets among the temporary files.
    const env = { ...process.env, TMPDIR: folder, ...options.env };
    const server = await startServer({ vscode, folders, log, children, open: workspace, env });
    if (!server.url) throw new Error('VS Code gave no address');
    const browser = await launchBrowser({ temporary: folder });
    const context = await browser.newContext({
      viewport: options.viewport ?? { width: 1400, height: 900 },
    });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.waitForSelector('.monaco-workbench', { timeout: 60_000 });
    const workbench = new WorkbenchPage(page);
    return new Stage(folder, workspace, folders, server.url, context, workbench, browser, children);
  }

  /** Takes a picture of the window into `out/pictures`, to look at what a test saw. */
  async picture(name: string): Promise<void> {
    const file = `${name.replaceAll(/[^A-Za-z0-9]+/g, '-')}.png`;
    await this.workbench.page.screenshot({ path: path.join(root, 'out', 'pictures', file) });
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.children.stopAll();

    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

export function vsixPath(): string {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return path.join(root, 'dist', `${manifest.name}-${manifest.version}.vsix`);
}
