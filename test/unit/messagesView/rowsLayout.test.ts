import assert from 'node:assert/strict';
import type { ViewRow } from '../../../src/workbench/messagesView/protocol';
import { RowsLayout, type Anchor } from '../../../src/workbench/messagesView/browser/rowsLayout';
import { aRow } from './english';

const HEIGHT = 200;

/** Plays the virtualizer and the browser: rows have heights, the scroller cannot leave its content. */
class FakeScroller {
  readonly anchors: Anchor[] = [];
  readonly layout: RowsLayout;
  scrollTop = 0;
  total = 0;
  range = { first: -1, last: -1 };
  rows: readonly ViewRow[] = [];
  tops = new Map<string, number>();
  viewport = HEIGHT;

  constructor(private readonly heightOf: (row: ViewRow) => number = () => 20) {
    this.layout = new RowsLayout(
      ({ scrollSize, range, childPositions }) => {
        this.total = scrollSize.height;
        this.range = range;
        this.tops = new Map(
          [...childPositions].map(([index, { top }]) => [this.rows[index]!.id, top]),
        );
        this.#clamp();
      },
      {
        scrollTo: (top) => {
          this.scrollTop = top;
          this.#clamp();
          return this.scrollTop;
        },
        anchorChanged: (anchor) => this.anchors.push(anchor),
      },
    );
  }

  /** What the virtualizer does in a frame, until nothing changes any more. */
  frame(rows: readonly ViewRow[] = this.rows): void {
    this.rows = rows;
    for (let i = 0; i < 5; i++) {
      this.layout.items = rows;
      this.layout.viewportSize = { height: this.viewport };
      this.layout.viewportScroll = { top: this.scrollTop };
      this.layout.reflowIfNeeded();
      const { first, last } = this.range;
      const sizes: Record<number, { height: number }> = {};
      for (let k = first; k >= 0 && k <= last; k++) sizes[k] = { height: this.heightOf(rows[k]!) };
      this.layout.updateItemSizes(sizes);
    }
  }

  scrollTo(top: number): void {
    this.scrollTop = top;
    this.#clamp();
    this.frame();
  }

  /** Where a row is seen, from the top of the viewport. */
  seenAt(id: string): number | undefined {
    const top = this.tops.get(id);
    return top === undefined ? undefined : top - this.scrollTop;
  }

  get distanceToEnd(): number {
    return this.total - this.viewport - this.scrollTop;
  }

  #clamp(): void {
    this.scrollTop = Math.max(0, Math.min(this.scrollTop, this.total - this.viewport));
  }
}

const rows = (from: number, to: number): ViewRow[] =>
  Array.from({ length: to - from }, (_, i) =>
    aRow({ id: `r${from + i}`, createdAt: 1_767_000_000_000 + (from + i) * 1000 }),
  );
/** Between 20 and 80 pixels, other than any estimate. */
const uneven = ({ id }: ViewRow): number => 20 + (Number(id.slice(1)) % 4) * 20;

describe('The layout of the message list', () => {
  it('shows the newest rows first and only those in sight and around', () => {
    const scroller = new FakeScroller(uneven);
    scroller.frame(rows(0, 5000));
    assert.equal(scroller.distanceToEnd, 0);
    assert.equal(scroller.range.last, 4999);
    assert.ok(scroller.range.last - scroller.range.first < 40);
  });

  it('follows what comes while it is at the end', () => {
    const scroller = new FakeScroller(uneven);
    scroller.frame(rows(0, 100));
    for (let n = 101; n < 160; n += 7) {
      scroller.frame(rows(0, n));
      assert.equal(scroller.distanceToEnd, 0);
    }
    assert.ok(scroller.layout.isFollowing);
  });

  it('follows when a row in sight grows, and when the view gets smaller or larger', () => {
    const heights = new Map<string, number>();
    const scroller = new FakeScroller(({ id }) => heights.get(id) ?? 20);
    scroller.frame(rows(0, 100));
    heights.set('r97', 120);
    scroller.frame();
    assert.equal(scroller.distanceToEnd, 0);
    for (const height of [80, 400]) {
      scroller.viewport = height;
      scroller.frame();
      assert.equal(scroller.distanceToEnd, 0);
    }
  });

  it('still follows when rows turn out lower than thought and the browser moves the scroller', () => {
    const heights = new Map<string, number>();
    const scroller = new FakeScroller(({ id }) => heights.get(id) ?? 60);
    scroller.frame(rows(0, 30));
    for (const { id } of rows(0, 30)) heights.set(id, 22);
    scroller.frame();
    assert.equal(scroller.distanceToEnd, 0);
    assert.ok(scroller.layout.isFollowing);
  });

  it('stops following when a person scrolls up, and holds what is read in its place', () => {
    const scroller = new FakeScroller(uneven);
    scroller.frame(rows(0, 300));
    scroller.scrollTo(scroller.scrollTop - 700);
    assert.ok(!scroller.layout.isFollowing);
    const id = scroller.rows[scroller.range.first + 8]!.id;
    const seen = scroller.seenAt(id)!;
    for (let n = 300; n < 420; n += 11) scroller.frame(rows(0, n));
    assert.equal(scroller.seenAt(id), seen);
  });

  it('holds its place when the oldest rows make room, and when older ones come in above', () => {
    const scroller = new FakeScroller(uneven);
    scroller.frame(rows(100, 400));
    scroller.scrollTo(scroller.scrollTop - 500);
    const id = scroller.rows[scroller.range.first + 8]!.id;
    const seen = scroller.seenAt(id)!;
    scroller.frame(rows(150, 450));
    assert.equal(scroller.seenAt(id), seen);
    scroller.frame(rows(0, 450));
    assert.equal(scroller.seenAt(id), seen);
  });

  it('goes to the top when what was read has made room itself', () => {
    const scroller = new FakeScroller();
    scroller.frame(rows(0, 100));
    scroller.scrollTo(100);
    scroller.frame(rows(50, 150));
    assert.equal(scroller.scrollTop, 0);
    assert.equal(scroller.range.first, 0);
  });

  it('follows again when a person scrolls to the end', () => {
    const scroller = new FakeScroller();
    scroller.frame(rows(0, 100));
    scroller.scrollTo(300);
    scroller.scrollTo(Infinity);
    assert.ok(scroller.layout.isFollowing);
    scroller.frame(rows(0, 120));
    assert.equal(scroller.distanceToEnd, 0);
  });

  it('jumps to the newest row however far it is', () => {
    const scroller = new FakeScroller(uneven);
    scroller.frame(rows(0, 3000));
    scroller.scrollTo(0);
    scroller.layout.hold({ kind: 'newest' });
    scroller.frame();
    assert.equal(scroller.distanceToEnd, 0);
    assert.equal(scroller.seenAt('r2999'), HEIGHT - 80);
  });

  it('reveals a row by the shortest way', () => {
    const scroller = new FakeScroller(uneven);
    scroller.frame(rows(0, 1000));
    scroller.layout.reveal('r10');
    scroller.frame();
    assert.equal(scroller.seenAt('r10'), 0);
    scroller.layout.reveal('r900');
    scroller.frame();
    assert.equal(scroller.seenAt('r900'), HEIGHT - 20);
    scroller.layout.reveal('r899');
    scroller.frame();
    assert.equal(scroller.seenAt('r900'), HEIGHT - 20);
    assert.ok(!scroller.layout.isFollowing);
    scroller.layout.reveal('r999');
    scroller.frame();
    assert.ok(scroller.layout.isFollowing);
    assert.equal(scroller.distanceToEnd, 0);
  });

  it('starts where it stood when the view was hidden', () => {
    const scroller = new FakeScroller(uneven);
    scroller.layout.hold({ kind: 'row', id: 'r40', edge: 'top', offset: -7 });
    scroller.frame(rows(0, 500));
    assert.equal(scroller.seenAt('r40'), -7);
  });

  it('tells what it holds on to', () => {
    const scroller = new FakeScroller();
    scroller.frame(rows(0, 100));
    scroller.scrollTo(110);
    assert.deepEqual(scroller.anchors.at(-1), { kind: 'row', id: 'r5', edge: 'top', offset: -10 });
    assert.deepEqual(scroller.layout.anchor, scroller.anchors.at(-1));
  });

  it('shows nothing while it has no height, and nothing when there are no rows', () => {
    const scroller = new FakeScroller();
    scroller.viewport = 0;
    scroller.frame(rows(0, 100));
    assert.equal(scroller.range.first, -1);
    scroller.viewport = HEIGHT;
    scroller.frame();
    assert.equal(scroller.range.last, 99);
    scroller.frame([]);
    assert.equal(scroller.range.first, -1);
    assert.equal(scroller.total, 0);
  });
});
