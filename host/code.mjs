#!/usr/bin/env node
// A stand-in for desktop VS Code's `code`, for `runTests({ vscodeExecutablePath })` where none can be
// installed: VS Code's server from npm and its workbench in a headless Chromium.
//
//   node host/code.mjs [folder] [--extensionDevelopmentPath=DIR]… [--extensionTestsPath=FILE]
//                      [--extensions-dir=DIR] [--user-data-dir=DIR] [--install-extension=VSIX]…
//
// Environment: BOT_CHANNELS_VSCODE its version; BOT_CHANNELS_VSCODE_LIMIT milliseconds until it is
// given up (300,000); BOT_CHANNELS_VSCODE_SCREENSHOT a PNG of how it looked at the end;
// BOT_CHANNELS_VSCODE_KEEP=1 keeps its folder. Tests find the page's bridge in BOT_CHANNELS_PAGE.
// Exit code: 0 only when the tests' run() was seen to end well; 130 and the like after a signal.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { Bridge } from './bridge.mjs';
import { developIn, launchBrowser, openPage } from './browser.mjs';
import { openCache } from './cache.mjs';
import { Children } from './children.mjs';
import { readCodeArguments } from './codeArguments.mjs';
import { Problem, explain } from './problem.mjs';
import { wrapTests } from './proof.mjs';
import { foldersIn, installExtension, startServer, writeSettings } from './server.mjs';
import { Steps } from './steps.mjs';
import { CURRENT, installVSCode } from './vscode.mjs';

const LIMIT_MS = 300_000;
const LOAD_MS = 60_000;
/** Tests start from an empty window without prompts. */
const SETTINGS = {
  'workbench.startupEditor': 'none',
  'files.simpleDialog.enable': true,
  'git.enabled': false,
  'window.confirmBeforeClose': 'never',
};

const { env } = process;
const options = readCodeArguments(process.argv.slice(2));
const children = new Children();
const steps = new Steps({ children, out: process.stderr });
const bridge = new Bridge();
const base = await mkdtemp(path.join(tmpdir(), 'vscode-'));
children.stopOnSignals(() => cleanUp());
const folders = {
  ...foldersIn(base),
  ...(options.extensions && { extensions: options.extensions }),
};
/** @type {import('playwright-core').Browser | undefined} */
let browser;

async function cleanUp() {
  bridge.stop();
  await Promise.all([browser?.close().catch(() => undefined), children.stopAll()]);
  if (env.BOT_CHANNELS_VSCODE_KEEP) console.error(`Kept: ${base}`);
  else await rm(base, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
}

/** test-electron's user-data folder outlives a run; of it only the caller's settings are taken. */
async function settingsOf(userData) {
  if (!userData) return SETTINGS;
  const file = path.join(userData, 'User', 'settings.json');
  const text = await readFile(file, 'utf8').catch(() => '{}');
  return { ...SETTINGS, ...JSON.parse(text) };
}

/** Opens the workbench; resolves to undefined when the tests went well, else to what went wrong. */
async function show(page, server, tests) {
  const limitMs = Number(env.BOT_CHANNELS_VSCODE_LIMIT) || LIMIT_MS;
  let limit;
  const outcome = new Promise((resolve) => {
    if (tests) {
      limit = setTimeout(() => resolve(`VS Code was still busy after ${limitMs} ms.`), limitMs);
    }
    page.on('crash', () => resolve('The browser page crashed.'));
    page.on('close', () => resolve('The browser page was closed.'));
    void server.ended.then(() => resolve("VS Code's server ended."));
    void page.exposeFunction('codeAutomationExit', (code) => {
      if (!bridge.proof) resolve('The extension host ended before run() did.');
      else if (!bridge.proof.ok) resolve(bridge.proof.error ?? 'run() failed.');
      else resolve(code === 0 ? undefined : `VS Code reports code ${code}.`);
    });
  });
  await page.exposeFunction('codeAutomationLog', (type, args) =>
    (type === 'error' || type === 'warn' ? console.error : console.log)(format(...args)),
  );
  await developIn(page, { port: server.port, extensions: options.developed, tests });
  const address = new URL(server.url);
  if (!options.open) address.searchParams.set('ew', 'true');
  const loaded = page
    .goto(address.href)
    .then(() => page.waitForSelector('.monaco-workbench', { timeout: LOAD_MS }))
    .then(
      () => outcome,
      (error) => `The workbench did not open: ${error.message}`,
    );
  const wrong = await Promise.race([outcome, loaded]);
  clearTimeout(limit);
  const screenshot = env.BOT_CHANNELS_VSCODE_SCREENSHOT;
  if (screenshot)
    await page.screenshot({ path: screenshot, timeout: 5_000 }).catch(() => undefined);
  return wrong;
}

async function main() {
  const version = env.BOT_CHANNELS_VSCODE || CURRENT;
  const vscode = await installVSCode(version, { cache: await openCache(), steps });
  if (options.wantsVersion) {
    console.log(version);
    return 0;
  }
  await writeSettings(folders, await settingsOf(options.userData));
  for (const vsix of options.toInstall) await installExtension({ vscode, folders, vsix, steps });
  if (options.toInstall.length > 0 && !options.tests && !options.open) return 0;
  if (options.tests && options.developed.length === 0) {
    throw new Problem('Without a development extension VS Code runs no tests.', {
      todo: 'Give one with --extensionDevelopmentPath; test/vscode/harness is made for it.',
    });
  }
  const address = await bridge.start();
  const server = await startServer({
    ...{ vscode, folders, children, log: path.join(base, 'server.log') },
    // Sockets and temporary files of extension hosts that do not end well go with the folder.
    env: { ...env, TMPDIR: base, BOT_CHANNELS_PAGE: address },
    ...(options.open ? { open: options.open } : {}),
  });
  browser = await launchBrowser({ temporary: base });
  const page = await openPage(browser);
  bridge.page = page;
  const tests = options.tests && (await wrapTests(base, options.tests, address));
  const wrong = await show(page, server, tests);
  if (wrong === undefined) return 0;
  console.error(wrong);
  return 1;
}

const code = await main().catch((error) => {
  if (!children.stopping) console.error(explain(error));
  return 1;
});
if (!children.stopping) {
  await cleanUp();
  process.exit(code);
}
