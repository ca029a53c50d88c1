import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  AVATAR_COLOURS,
  colourOf,
  initialsOf,
} from '../../../src/workbench/messagesView/browser/avatar';
import { FrameQueue } from '../../../src/workbench/messagesView/browser/frameQueue';
import { placeOf } from '../../../src/workbench/messagesView/browser/grouping';
import { selectionAfter } from '../../../src/workbench/messagesView/browser/listKeys';
import { Times } from '../../../src/workbench/messagesView/browser/times';
import { readViewState } from '../../../src/workbench/messagesView/browser/viewState';
import { pageHtml } from '../../../src/workbench/messagesView/pageHtml';
import { isToPage } from '../../../src/workbench/messagesView/protocol';
import { aRow, english } from './english';

describe('The Messages page', () => {
  it('allows its own scripts and styles and nothing else', () => {
    const html = pageHtml({
      cspSource: 'https://source',
      nonce: 'abc',
      script: 'https://source/a.js?x="y"&z',
      codicons: 'https://source/c.css',
      language: 'pt-br',
      title: 'Messages <1>',
    });
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1];
    assert.equal(
      policy,
      "default-src 'none'; script-src 'nonce-abc'; " +
        "style-src https://source 'nonce-abc'; font-src https://source",
    );
    assert.equal(html.match(/<script/g)?.length, html.match(/<script nonce="abc"/g)?.length);
    assert.ok(!/\sstyle=|\son\w+=/.test(html));
    assert.match(html, /src="https:\/\/source\/a\.js\?x=&quot;y&quot;&amp;z"/);
    assert.match(html, /<title>Messages &lt;1><\/title>/);
  });

  it('has the texts in English that the tests of the page take', () => {
    const file = path.resolve(__dirname, '../../../src/workbench/messagesView/viewStrings.ts');
    const texts = readFileSync(file, 'utf8').matchAll(/(\w+): l10n\.t\('(.*)'\)/g);
    assert.deepEqual(Object.fromEntries([...texts].map(([, key, text]) => [key, text])), english);
  });

  it('takes only messages of the extension', () => {
    assert.ok(isToPage({ type: 'update', sentAt: 1 }));
    assert.ok(isToPage({ type: 'snapshot', sentAt: 1, rows: [] }));
    for (const other of [
      undefined,
      'update',
      {},
      { type: 'update' },
      { type: 'snapshot', sentAt: 1 },
    ]) {
      assert.ok(!isToPage(other));
    }
  });

  it('gives people initials and a colour that stays', () => {
    assert.equal(initialsOf('Alice Martin'), 'AM');
    assert.equal(initialsOf('ana maria da silva'), 'AS');
    assert.equal(initialsOf('Bot'), 'B');
    assert.equal(initialsOf('glip-7701'), 'G7');
    assert.equal(initialsOf('李 明'), '李明');
    assert.equal(initialsOf('  '), '?');
    assert.equal(initialsOf('—'), '?');
    assert.equal(colourOf('500'), colourOf('500'));
    const colours = new Set(
      Array.from({ length: 200 }, (_, i) => colourOf(String(62_000_000 + i))),
    );
    assert.deepEqual(
      [...colours].sort(),
      Array.from({ length: AVATAR_COLOURS }, (_, i) => i),
    );
  });

  it('names the day once and an author once in a row', () => {
    const first = aRow();
    const after = (ms: number, o = {}) => aRow({ createdAt: first.createdAt + ms, ...o });
    assert.deepEqual(placeOf(first, undefined), { startsDay: true, continues: false });
    assert.deepEqual(placeOf(after(60_000), first), { startsDay: false, continues: true });
    assert.ok(!placeOf(after(60_000, { authorId: '2' }), first).continues);
    assert.ok(!placeOf(after(301_000), first).continues);
    assert.deepEqual(placeOf(after(86_400_000), first), { startsDay: true, continues: false });
  });

  it('moves the selection as lists in VS Code do', () => {
    const from = (selected: number) => (key: string) =>
      selectionAfter(key, { selected, count: 50, page: 10 });
    assert.deepEqual(
      ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End'].map(from(20)),
      [19, 21, 10, 30, 0, 49],
    );
    assert.deepEqual(['ArrowUp', 'PageUp'].map(from(0)), [0, 0]);
    assert.deepEqual(['ArrowDown', 'PageDown'].map(from(49)), [49, 49]);
    assert.deepEqual(['ArrowUp', 'PageDown', 'Home'].map(from(-1)), [49, 49, 0]);
    assert.equal(from(3)('a'), undefined);
    assert.equal(selectionAfter('End', { selected: -1, count: 0, page: 1 }), undefined);
  });

  it('takes what came in a frame at once, and does not wait for ever for a frame', () => {
    const frames: (() => void)[] = [];
    const taken: number[][] = [];
    const queue = new FrameQueue<number>(
      (items) => taken.push([...items]),
      (run) => frames.push(run),
    );
    [1, 2, 3].forEach((n) => queue.add(n));
    assert.deepEqual(taken, []);
    frames.forEach((run) => run());
    assert.deepEqual(taken, [[1, 2, 3]]);
    for (let n = 0; n < 250; n++) queue.add(n);
    assert.ok(taken.flat().length > 200);
  });

  it('reads back only a state that it could have kept', () => {
    const anchor = { kind: 'row', id: '1', edge: 'top', offset: -3 } as const;
    assert.deepEqual(readViewState({ anchor, selectedId: '1' }), { anchor, selectedId: '1' });
    assert.deepEqual(readViewState({ anchor: { kind: 'newest' } }), { anchor: { kind: 'newest' } });
    for (const other of [
      undefined,
      null,
      7,
      { anchor: { kind: 'row', id: 1 } },
      { selectedId: 1 },
    ]) {
      assert.deepEqual(readViewState(other), {});
    }
  });

  it('formats times in any language VS Code may name', () => {
    const noon = new Date(2026, 0, 1, 12, 3, 4).getTime();
    assert.equal(new Times('en').time(noon), '12:03:04');
    assert.match(new Times('de').day(noon), /Donnerstag, 1\. Januar 2026/);
    for (const language of ['zh-cn', 'qps-ploc', 'not a language', '']) {
      assert.match(new Times(language).time(noon), /12.03.04/);
    }
  });
});
