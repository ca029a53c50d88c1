import { findCommand } from './commands.mjs';
import { Problem } from './problem.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

const WINDOW = { width: 1400, height: 900 };

/** Chromium as Debian, Ubuntu and others call it. */
export const findChromium = () =>
  process.env.BOT_CHANNELS_CHROMIUM ??
  ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
    .map((name) => findCommand(name))
    .find((file) => file !== undefined);

/**
 * A headless Chromium without a network of its own.
 *
 * @param {{ temporary?: string }} [options] a folder for its temporary files, of which it leaves some
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser({ temporary } = {}) {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Problem('Chromium is not installed.', {
      todo: 'On Debian: apt-get install -y --no-install-recommends chromium',
    });
  }
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath,
    headless: true,
    args: FLAGS,
    ...(temporary ? { env: { ...process.env, TMPDIR: temporary } } : {}),
    // Whoever started the browser decides when it ends, and in which order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** @param {import('playwright-core').Browser} browser */
export async function openPage(browser) {
  const context = await browser.newContext({ viewport: WINDOW });
  return context.newPage();
}

/**
 * Hands development extensions (and a tests path) to the workbench by its page's own configuration:
 * the query parameter for them is ignored by newer versions.
 *
 * @param {import('playwright-core').Page} page
 * @param {{ port: number, extensions: readonly string[], tests?: string }} options absolute paths
 */
export async function developIn(page, { port, extensions, tests }) {
  const uri = (path) => ({
    $mid: 1,
    scheme: 'vscode-remote',
    authority: `127.0.0.1:${port}`,
    path,
  });
  const options = {
    extensions: extensions.map(uri),
    ...(tests === undefined ? {} : { extensionTestsPath: uri(tests) }),
  };
  await page.addInitScript((developmentOptions) => {
    const { document, MutationObserver, top } = globalThis;
    if (top !== globalThis) return;
    const patch = () => {
      const element = document.getElementById('vscode-workbench-web-configuration');
      if (!element) return false;
      const settings = JSON.parse(element.getAttribute('data-settings'));
      settings.developmentOptions = { ...settings.developmentOptions, ...developmentOptions };
      element.setAttribute('data-settings', JSON.stringify(settings));
      return true;
    };
    if (patch()) return;
    const observer = new MutationObserver(() => {
      if (patch()) observer.disconnect();
    });
    observer.observe(document, { childList: true, subtree: true });
  }, options);
}
