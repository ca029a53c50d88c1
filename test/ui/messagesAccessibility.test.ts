import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import type { Browser } from 'playwright-core';
import { findChromium, launchBrowser } from '../../host/browser.mjs';
import type { ViewHealth } from '../../src/workbench/messagesView/protocol';
import { skipBecause } from '../skip';
import { bundleMessagesPage, MessagesPage, type Theme } from './messagesPage';
import { LIVE, manyRows, TALK } from './messagesTalk';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What the view can look like, and how to bring it there. */
const STATES: Readonly<Record<string, (view: MessagesPage) => Promise<void>>> = {
  'nothing tailed': (view) => view.snapshot(),
  'no messages': (view) => view.snapshot({ tail: { ...LIVE, health: reconnecting() } }),
  messages: (view) => view.snapshot({ tail: LIVE, rows: TALK }),
  'a selected row and new messages': async (view) => {
    await view.snapshot({ tail: LIVE, rows: TALK });
    await view.row('The number is').click({ position: { x: 20, y: 5 } });
    await view.page.keyboard.press('ArrowUp');
    await view.page.keyboard.press('ArrowDown');
    await view.update({ rows: manyRows(1000, 1005) });
    await view.jump.waitFor();
  },
};

function reconnecting(): ViewHealth {
  return { kind: 'reconnecting', problem: 'Lost.', nextAttemptAt: Date.now() + 60_000 };
}

describe('The Messages view, for everybody', () => {
  let browser: Browser | undefined;
  let bundle: string;
  let axe: string;

  before(async function () {
    this.timeout(60_000);
    const chromium = findChromium();
    if (chromium === undefined || !existsSync(chromium)) skipBecause(this, 'no Chromium here');
    axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
    bundle = await bundleMessagesPage();
    browser = await launchBrowser();
  });

  after(() => browser?.close());

  const themes: Theme[] = ['dark', 'light', 'hc', 'hcLight'];
  for (const theme of themes) {
    it(`has nothing that axe objects to in the theme ${theme}, wide and narrow`, async function () {
      this.timeout(60_000);
      for (const [name, bring] of Object.entries(STATES)) {
        const view = await MessagesPage.open(browser!, { bundle, theme, height: 360 });
        await bring(view);
        await view.page.evaluate(axe);
        for (const width of [900, 300]) {
          await view.page.setViewportSize({ width, height: 360 });
          await view.painted();
          assert.deepEqual(await violations(view), [], `${name}, ${width} px wide`);
        }
        await view.close();
      }
    });
  }
});

async function violations({ page }: MessagesPage): Promise<string[]> {
  const options = { runOnly: RULES };
  const found = await page.evaluate<AxeResults>(`axe.run(${JSON.stringify(options)})`);
  return found.violations.map(({ id, nodes }) => {
    const [node] = nodes;
    return `${id}: ${JSON.stringify(node?.target)} ${node?.failureSummary ?? ''}`;
  });
}
