import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { findChromium, launchBrowser } from '../../host/browser.mjs';
import { skipBecause } from '../skip';
import { bundleMessagesPage, MessagesPage, type MessagesPageOptions } from './messagesPage';
import { LIVE, manyRows, TALK } from './messagesTalk';

describe('The Messages view, in a browser', () => {
  let browser: Browser | undefined;
  let bundle: string;
  let view: MessagesPage;

  const open = async (o: Partial<MessagesPageOptions> = {}): Promise<MessagesPage> => {
    view = await MessagesPage.open(browser!, { bundle, ...o });
    return view;
  };

  before(async function () {
    this.timeout(60_000);
    const chromium = findChromium();
    if (chromium === undefined || !existsSync(chromium)) skipBecause(this, 'no Chromium here');
    bundle = await bundleMessagesPage();
    browser = await launchBrowser();
  });

  after(() => browser?.close());

  afterEach(async () => {
    // The policy keeps out what is not ours, and nothing of ours may run into it.
    assert.deepEqual(view.complaints, []);
    assert.deepEqual(
      (await view.everythingSaid()).filter(({ type }) => type === 'failed'),
      [],
    );
    await view.close();
  });

  it('offers to tail a chat while none is tailed', async () => {
    await open();
    await view.snapshot();
    await view.page.getByText('No chat is tailed.').waitFor();
    await view.page.getByRole('button', { name: 'Tail a Chat…' }).click();
    const { command } = await view.said('command');
    assert.equal(command, 'botChannels.messages.tail');
  });

  it('says that a tailed chat has no messages yet, and shows the first one that comes', async () => {
    await open();
    await view.snapshot({ tail: LIVE });
    await view.page.getByText('No messages yet.').waitFor();
    await view.update({ rows: TALK.slice(0, 1) });
    await view.row('my parcel has not arrived').waitFor();
  });

  it('ticks by the clock of the extension, whatever the clock of the page says', async () => {
    await open();
    const sentAt = Date.now() - 3_600_000;
    const health = { kind: 'live', lastEventAt: sentAt - 12_000 } as const;
    await view.snapshot({ sentAt, tail: { ...LIVE, health } });
    await view.header.getByText('Live · last event 12 s ago').waitFor();
    await view.header.getByText('Live · last event 14 s ago').waitFor();
    const nextAttemptAt = sentAt + 4000;
    await view.update({
      sentAt,
      health: { kind: 'reconnecting', problem: 'The line is cut.', nextAttemptAt },
    });
    await view.header.getByText('Reconnecting in 4 s — The line is cut.').waitFor();
    await view.header.getByText('Reconnecting in 3 s — The line is cut.').waitFor();
    await view.update({ sentAt, health: { kind: 'stopped', problem: 'Signed out. Sign in.' } });
    await view.header.getByText('Stopped: Signed out. Sign in.').waitFor();
  });

  it('shows who wrote what, when, and what became of it', async () => {
    await open({ height: 700 });
    await view.snapshot({ tail: LIVE, rows: TALK });
    const guest = view.row('my parcel has not arrived');
    assert.equal(await guest.locator('.day').innerText(), 'Friday, November 20, 2026');
    const line = await guest.locator('.line').innerText();
    assert.match(line, /^23:57:40\s+GV\s+Guest Visitor\s+Guest\s+Hello, my parcel/);
    assert.equal(await guest.locator('strong').innerText(), 'not');
    assert.equal(await view.row('handover bot').locator('.badge').innerText(), 'You');
    assert.equal(await view.row('I pass you to').locator('.mention').innerText(), '@Alice Martin');
    assert.match(
      await view.row('A new one leaves').locator('.body').innerText(),
      /tonight\.\s+\(edited\)/,
    );
    assert.match(await view.row('Wrong chat').locator('.body').innerText(), /sorry\s+\(deleted\)/);
    const days = view.page.locator('.day');
    assert.equal(await days.last().innerText(), 'Saturday, November 21, 2026');
  });

  it('never makes elements of what people write', async () => {
    await open();
    await view.snapshot({ tail: LIVE, rows: TALK });
    await view.row('<img src=x').waitFor();
    assert.equal(await view.page.locator('bot-message-row img').count(), 0);
    assert.equal(await view.page.evaluate('window.hacked'), undefined);
  });

  it('leaves links to the extension, byte for byte', async () => {
    await open({ height: 700 });
    await view.snapshot({ tail: LIVE, rows: TALK });
    await view.row('I pass you to').getByRole('link', { name: 'your order' }).click();
    assert.equal((await view.said('link')).url, 'https://shop.example/4711-A?a=%2F');
    assert.equal(view.page.url(), 'https://messages.test/');
    assert.equal(view.page.context().pages().length, 1);
  });

  it('keeps 5000 of 10,000 messages and few of them in the DOM', async () => {
    await open();
    await view.snapshot({ tail: LIVE, rows: manyRows(0, 10_000) });
    await view.row('message 9999').waitFor();
    assert.equal(await view.distanceToEnd(), 0);
    assert.ok((await view.rows.count()) < 100);
    assert.equal(await view.rows.last().getAttribute('aria-posinset'), '5000');
    assert.equal(await view.rows.last().getAttribute('aria-setsize'), '5000');
    await view.scroller.evaluate((e) => (e.scrollTop = 0));
    await view.rows.filter({ hasText: /message 5000\b/ }).waitFor();
    assert.ok((await view.rows.count()) < 100);
  });

  it('takes a burst as one update a frame and stays at its end in every frame', async () => {
    await open();
    await view.snapshot({ tail: LIVE, rows: manyRows(0, 50) });
    await view.row('message 49').waitFor();
    const batches = Array.from({ length: 40 }, (_, i) => manyRows(50 + i * 50, 100 + i * 50));
    const seen = await view.page.evaluate(watchBurst, batches);
    await view.row('message 2049').waitFor();
    assert.ok(seen.updates <= seen.frames + 2, `${seen.updates} updates, ${seen.frames} frames`);
    assert.ok(seen.mostRows < 100, `${seen.mostRows} rows in the DOM`);
    assert.ok(seen.farthest <= 1, `${seen.farthest} px from the end`);
  });

  it('holds its place while it is read, counts what is new, and jumps there', async () => {
    await open();
    await view.snapshot({ tail: LIVE, rows: manyRows(0, 4990) });
    await view.row('message 4989').waitFor();
    await view.scroller.hover();
    await view.page.mouse.wheel(0, -2500);
    await view.page.getByRole('button', { name: 'Jump to newest' }).waitFor();
    await view.painted();
    const read = view.rows.nth(12);
    const text = await read.evaluate((e) => (e as unknown as { row: { id: string } }).row.id);
    const before = await read.boundingBox();
    // The oldest make room meanwhile.
    for (let i = 0; i < 6; i++) {
      await view.update({ rows: manyRows(4990 + i * 20, 5010 + i * 20) });
      await view.painted();
    }
    const same = view.page.locator(`bot-message-row[data-id="${text}"]`);
    const after = await same.boundingBox();
    assert.ok(Math.abs(after!.y - before!.y) < 1);
    await view.page.getByRole('button', { name: '120 new — jump to newest' }).click();
    await view.row('message 5109').waitFor();
    await view.painted();
    assert.ok((await view.distanceToEnd()) <= 1);
    assert.equal(await view.jump.count(), 0);
  });

  it('is worked with the keyboard alone', async () => {
    await open();
    await view.snapshot({ tail: LIVE, rows: manyRows(0, 300) });
    await view.row('message 299').waitFor();
    const { keyboard } = view.page;
    const selected = view.page.locator('bot-message-row[selected]');
    const isSelected = (n: number): Promise<void> =>
      view.page
        .locator(`bot-message-row[selected]:focus[data-id="${2_000_000 + n}"]`)
        .waitFor({ timeout: 5000 });
    // VS Code gives the focus to the page; the page hands it to the list.
    await view.page.locator('.scroller:focus').waitFor();
    await keyboard.press('ArrowDown');
    await isSelected(299);
    await keyboard.press('ArrowUp');
    await isSelected(298);
    await keyboard.press('Home');
    await isSelected(0);
    await keyboard.press('ArrowDown');
    await isSelected(1);
    const label = await selected.getAttribute('aria-label');
    assert.match(label!, /^Alice Martin, 23:57:41: message 1$/);
    await keyboard.press('PageDown');
    const moved = Number((await selected.getAttribute('data-id'))!) - 2_000_000;
    assert.ok(moved > 5 && moved < 40, `a page is ${moved} rows`);
    await keyboard.press('PageUp');
    await isSelected(1);
    // Scrolled out of sight with the wheel, the selection is still where the keys go on.
    await view.scroller.hover();
    await view.page.mouse.wheel(0, 4000);
    await selected.waitFor({ state: 'detached' });
    await keyboard.press('ArrowDown');
    await isSelected(2);
    await keyboard.press('Enter');
    assert.equal((await view.said('open')).id, '2000002');
    await keyboard.press('Control+c');
    assert.equal((await view.said('copy')).id, '2000002');
    await keyboard.press('End');
    await isSelected(299);
    assert.equal(await view.jump.count(), 0);
  });

  it('reaches links and buttons of the selected row by Tab, and leaves Enter to them', async () => {
    await open({ height: 700 });
    await view.snapshot({ tail: LIVE, rows: TALK });
    await view.row('I pass you to').click({ position: { x: 400, y: 5 } });
    const { keyboard } = view.page;
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    await view.said('link');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    assert.equal((await view.said('copy')).id, '1000004');
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    assert.equal((await view.said('open')).id, '1000004');
    assert.deepEqual(
      (await view.everythingSaid()).map(({ type }) => type),
      ['ready', 'link', 'copy', 'open'],
    );
  });

  it('tells a screen reader what is new, in one sentence a burst', async () => {
    await open();
    await view.snapshot({ tail: LIVE, rows: manyRows(0, 10) });
    const voice = view.page.getByRole('status');
    await view.row('message 9').waitFor();
    assert.equal(await voice.innerText(), '');
    await view.update({ rows: TALK.slice(0, 1) });
    await voice.filter({ hasText: 'Guest Visitor: Hello, my parcel has not arrived.' }).waitFor();
    await view.update({ rows: manyRows(10, 20) });
    await view.update({ rows: manyRows(20, 30) });
    await voice.filter({ hasText: '20 new messages, the newest from Handover Bot.' }).waitFor();
  });

  it('comes back as it was left when VS Code hides and shows it', async () => {
    await open();
    const rows = manyRows(0, 400);
    await view.snapshot({ tail: LIVE, rows });
    await view.row('message 399').waitFor();
    for (const key of ['Home', 'PageDown', 'PageDown']) await view.page.keyboard.press(key);
    const selected = view.page.locator('bot-message-row[selected]');
    await view.page.waitForFunction(() => sessionStorage.getItem('state')?.includes('"row"'));
    await view.page.waitForTimeout(300);
    const before = {
      id: await selected.getAttribute('data-id'),
      box: await selected.boundingBox(),
    };
    await view.page.reload();
    await view.said('ready');
    await view.snapshot({ tail: LIVE, rows: [...rows, ...manyRows(400, 420)] });
    await selected.waitFor();
    await view.painted();
    assert.equal(await selected.getAttribute('data-id'), before.id);
    const { y } = (await selected.boundingBox())!;
    assert.ok(Math.abs(y - before.box!.y) < 1.5, `${y} for ${before.box!.y}`);
  });

  it('starts anew with another chat', async () => {
    await open();
    await view.snapshot({ tail: LIVE, rows: manyRows(0, 400) });
    await view.row('message 399').waitFor();
    await view.scroller.evaluate((e) => (e.scrollTop = 0));
    await view.jump.waitFor();
    const tail = { ...LIVE, chatName: 'Another chat' };
    await view.update({ cleared: true, tail, rows: manyRows(500, 700) });
    await view.page.getByRole('heading', { name: 'Another chat' }).waitFor();
    await view.row('message 699').waitFor();
    assert.equal(await view.jump.count(), 0);
    await view.update({ cleared: true });
    await view.page.getByText('No chat is tailed.').waitFor();
    assert.equal(await view.rows.count(), 0);
  });

  it('fits into 300 pixels', async () => {
    await open({ width: 300, height: 500 });
    await view.snapshot({ tail: LIVE, rows: TALK });
    await view.row('<img src=x').waitFor();
    const widths = await view.page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(widths, 300);
    assert.equal(await view.scroller.evaluate((e) => e.scrollWidth - e.clientWidth), 0);
    const text = (await view.row('Thanks!').locator('.body').boundingBox())!;
    assert.ok(text.x + text.width <= 300);
  });

  it('moves nothing for people who want it still', async () => {
    const nextAttemptAt = Date.now() + 60_000;
    const health = { kind: 'reconnecting', problem: 'Lost.', nextAttemptAt } as const;
    for (const reducedMotion of [true, false]) {
      await open({ reducedMotion });
      await view.snapshot({ tail: { ...LIVE, health } });
      await view.header.getByText('Reconnecting in').waitFor();
      const moving = await view.page.locator('.dot').evaluate((e) => e.getAnimations().length);
      assert.equal(moving > 0, !reducedMotion);
      if (reducedMotion) await view.close();
    }
  });
});

/** The list, with what Lit calls to render it. */
interface List extends HTMLElement {
  rows: unknown;
  performUpdate(): void;
}

/** Runs in the page: posts the batches one after the other and looks at every frame meanwhile. */
async function watchBurst(
  batches: unknown[],
): Promise<{ updates: number; frames: number; mostRows: number; farthest: number }> {
  const root = (name: string, from: ParentNode): ShadowRoot =>
    from.querySelector(name)!.shadowRoot!;
  const app = root('bot-messages', document);
  const list = app.querySelector<List>('bot-message-list')!;
  const scroller = list.shadowRoot!.querySelector('.scroller')!;
  const seen = { updates: 0, frames: 0, mostRows: 0, farthest: 0 };
  let rows: unknown = undefined;
  const perform = list.performUpdate.bind(list);
  list.performUpdate = () => {
    if (list.rows !== rows) seen.updates++;
    rows = list.rows;
    perform();
  };
  let isOver = false;
  const look = (): void => {
    seen.frames++;
    const { scrollHeight, scrollTop, clientHeight } = scroller;
    seen.farthest = Math.max(seen.farthest, scrollHeight - scrollTop - clientHeight);
    seen.mostRows = Math.max(seen.mostRows, scroller.querySelectorAll('bot-message-row').length);
    if (!isOver) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  for (const [index, batch] of batches.entries()) {
    window.postMessage({ type: 'update', sentAt: Date.now(), rows: batch }, '*');
    // Several in one frame, then some in frames of their own.
    if (index % 4 === 3) await new Promise((done) => setTimeout(done, 30));
  }
  await new Promise((done) => setTimeout(done, 200));
  isOver = true;
  return seen;
}
