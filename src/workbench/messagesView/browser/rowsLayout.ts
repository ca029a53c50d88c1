import type { VirtualizeDirectiveConfig } from '@lit-labs/virtualizer/virtualize.js';
import type { ViewRow } from '../protocol';
import { RowGeometry } from './rowGeometry';

/** What the list holds on to while rows come, go, and change their height. */
export type Anchor =
  /** The end of the list: it follows what is new. */
  | { readonly kind: 'newest' }
  /** A row's top or bottom edge stays `offset` pixels below the same edge of the viewport. */
  | {
      readonly kind: 'row';
      readonly id: string;
      readonly edge: 'top' | 'bottom';
      readonly offset: number;
    };

/** What the virtualizer is told; its types of this are not public. */
interface StateChanged {
  readonly type: 'stateChanged';
  readonly scrollSize: { readonly height: number; readonly width: null };
  readonly range: Readonly<Record<'first' | 'last' | 'firstVisible' | 'lastVisible', number>>;
  readonly childPositions: ReadonlyMap<number, { readonly left: number; readonly top: number }>;
}

export interface RowsLayoutConfig {
  /**
   * Scrolls, and returns where that led. The virtualizer could do it too, but it goes by a difference,
   * which is wrong when the browser has moved the scroller because its content got shorter.
   */
  readonly scrollTo: (top: number) => number;
  /** Called with the layout that the virtualizer made for itself. */
  readonly created?: (layout: RowsLayout) => void;
  readonly anchorChanged?: (anchor: Anchor) => void;
}

/** Rows kept beyond each edge of the viewport, in pixels. */
const OVERHANG = 240;
/** So near to the end counts as the end. */
const END_SLACK = 6;
/** Browsers round scroll positions. */
const ROUNDING = 1.5;

/**
 * A vertical layout for the virtualizer that holds on to a row instead of to a scroll position. The
 * virtualizer's own flow layout knows rows by index; here rows leave at the top and may come in
 * between, and what a person reads must not move meanwhile.
 */
export class RowsLayout {
  readonly #tell: (message: StateChanged) => void;
  readonly #o: RowsLayoutConfig;
  readonly #geometry = new RowGeometry();
  #items: readonly ViewRow[] = [];
  #nextItems: readonly ViewRow[] | undefined;
  #measured: Readonly<Record<number, { readonly height: number }>> | undefined;
  #anchor: Anchor = { kind: 'newest' };
  #height = 0;
  /** Where the scroller stands by its own word, and where it was put or seen last. */
  #scrollTop = 0;
  #knownTop = 0;
  #isDirty = true;

  constructor(tell: (message: StateChanged) => void, config: RowsLayoutConfig) {
    this.#tell = tell;
    this.#o = config;
    config.created?.(this);
  }

  // What the virtualizer sets, in this order, before it asks for a reflow.

  set items(items: readonly ViewRow[]) {
    if (items !== this.#items) this.#nextItems = items;
  }

  set viewportSize({ height }: { readonly height: number }) {
    if (height === this.#height) return;
    this.#height = height;
    this.#isDirty = true;
  }

  set viewportScroll({ top }: { readonly top: number }) {
    this.#scrollTop = top;
  }

  /** By index into the items of the last reflow. */
  updateItemSizes(sizes: Readonly<Record<number, { readonly height: number }>>): void {
    this.#measured = sizes;
  }

  reflowIfNeeded(force = false): void {
    this.#noticeScrolling();
    this.#takeMeasures();
    this.#takeItems();
    if (!this.#isDirty && !force) return;
    this.#isDirty = false;
    this.#reflow();
  }

  // What else it reads and writes.

  config: object = {};
  readonly direction = 'vertical';
  totalScrollSize = { width: 0, height: 0 };
  offsetWithinScroller = { left: 0, top: 0 };
  pin = null;
  readonly listenForChildLoadEvents = false;

  readonly measureChildren = (element: Element): { width: number; height: number } => {
    const { width, height } = element.getBoundingClientRect();
    return { width, height };
  };

  unpin(): void {
    // Nothing is ever pinned.
  }

  getScrollIntoViewCoordinates(): { top: number } {
    return { top: this.#target() };
  }

  // What the list does with it.

  get anchor(): Anchor {
    return this.#anchor;
  }

  get isFollowing(): boolean {
    return this.#anchor.kind === 'newest';
  }

  /** How many rows of average height fit into the viewport. */
  get page(): number {
    const average = this.#geometry.total / Math.max(1, this.#geometry.count);
    return Math.max(1, Math.floor(this.#height / Math.max(1, average)) - 1);
  }

  /** Holds on to something else and scrolls there. */
  hold(anchor: Anchor): void {
    this.#setAnchor(anchor);
    if (this.#items.length > 0) this.#reflow();
  }

  /** Brings a row into view, by the shortest way, and stays with it; the newest row is followed. */
  reveal(id: string): void {
    const index = this.#geometry.indexOf(id);
    if (index < 0) return;
    if (index === this.#geometry.count - 1) {
      this.hold({ kind: 'newest' });
      return;
    }
    const view = { top: this.#knownTop, bottom: this.#knownTop + this.#height };
    const row = { top: this.#geometry.top(index), bottom: this.#geometry.bottom(index) };
    const isTall = row.bottom - row.top > this.#height;
    if (row.top < view.top || isTall) this.hold({ kind: 'row', id, edge: 'top', offset: 0 });
    else if (row.bottom > view.bottom) this.hold({ kind: 'row', id, edge: 'bottom', offset: 0 });
    else this.hold({ kind: 'row', id, edge: 'top', offset: row.top - view.top });
  }

  /** A position that we did not set is where a person scrolled to. */
  #noticeScrolling(): void {
    if (Math.abs(this.#scrollTop - this.#knownTop) <= ROUNDING || this.#height === 0) return;
    const top = this.#scrollTop;
    this.#knownTop = top;
    this.#isDirty = true;
    const index = this.#geometry.indexAt(top);
    const id = this.#geometry.id(index);
    const isAtEnd = top + this.#height >= this.#geometry.total - END_SLACK;
    if (isAtEnd || id === undefined) this.#setAnchor({ kind: 'newest' });
    else {
      const offset = this.#geometry.top(index) - top;
      this.#setAnchor({ kind: 'row', id, edge: 'top', offset });
    }
  }

  #takeMeasures(): void {
    for (const [index, { height }] of Object.entries(this.#measured ?? {})) {
      const id = this.#items[Number(index)]?.id;
      // A row that is not rendered yet has no height; that is no measure.
      if (id === undefined || height === 0) continue;
      if (this.#geometry.setHeight(id, height)) this.#isDirty = true;
    }
    this.#measured = undefined;
  }

  #takeItems(): void {
    if (!this.#nextItems) return;
    this.#items = this.#nextItems;
    this.#nextItems = undefined;
    this.#geometry.setIds(this.#items.map((row) => row.id));
    this.#isDirty = true;
  }

  #reflow(): void {
    const geometry = this.#geometry;
    const top = this.#target();
    const bottom = top + this.#height;
    const isShown = this.#height > 0 && geometry.count > 0;
    const at = (y: number): number => (isShown ? geometry.indexAt(y) : -1);
    const first = at(top - OVERHANG);
    const last = at(bottom + OVERHANG);
    const childPositions = new Map<number, { left: number; top: number }>();
    if (isShown) {
      for (let i = first; i <= last; i++) childPositions.set(i, { left: 0, top: geometry.top(i) });
    }
    this.#tell({
      type: 'stateChanged',
      scrollSize: { height: geometry.total, width: null },
      range: { first, last, firstVisible: at(top), lastVisible: at(bottom - 1) },
      childPositions,
    });
    if (Math.abs(this.#knownTop - top) < 0.5) return;
    this.#knownTop = this.#o.scrollTo(top);
    this.#scrollTop = this.#knownTop;
  }

  /** The scroll position that the anchor asks for. */
  #target(): number {
    const geometry = this.#geometry;
    const highest = Math.max(0, geometry.total - this.#height);
    const anchor = this.#anchor;
    if (anchor.kind === 'newest') return highest;
    const index = geometry.indexOf(anchor.id);
    // The row is gone: the oldest ones make room for new ones.
    if (index < 0) return 0;
    const top =
      anchor.edge === 'top'
        ? geometry.top(index) - anchor.offset
        : geometry.bottom(index) - anchor.offset - this.#height;
    return Math.max(0, Math.min(top, highest));
  }

  #setAnchor(anchor: Anchor): void {
    this.#anchor = anchor;
    this.#o.anchorChanged?.(anchor);
  }
}

/** The layout as the virtualizer wants it named. */
export function rowsLayout(
  config: RowsLayoutConfig,
): NonNullable<VirtualizeDirectiveConfig<ViewRow>['layout']> {
  return { type: RowsLayout, ...config } as unknown as NonNullable<
    VirtualizeDirectiveConfig<ViewRow>['layout']
  >;
}
