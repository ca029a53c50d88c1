/** Height of a row before any was measured, in pixels. */
const FIRST_ESTIMATE = 24;

/**
 * Where each row stands, in pixels from the top of the list. Heights are known by id, so rows may
 * come, go and move; what was never measured is taken to be of average height.
 */
export class RowGeometry {
  readonly #heights = new Map<string, number>();
  #measuredSum = 0;
  #ids: readonly string[] = [];
  #tops: Float64Array | undefined;

  get count(): number {
    return this.#ids.length;
  }

  get total(): number {
    return this.#table()[this.#ids.length] ?? 0;
  }

  setIds(ids: readonly string[]): void {
    this.#ids = ids;
    this.#tops = undefined;
    // Rows that left are forgotten, but not one by one with every message.
    if (this.#heights.size > 2 * ids.length + 100) this.#forgetOthers();
  }

  /** True when the height is another one than before. */
  setHeight(id: string, height: number): boolean {
    const before = this.#heights.get(id);
    if (before !== undefined && Math.abs(before - height) < 0.01) return false;
    this.#heights.set(id, height);
    this.#measuredSum += height - (before ?? 0);
    this.#tops = undefined;
    return true;
  }

  id(index: number): string | undefined {
    return this.#ids[index];
  }

  /** The row's place, or -1. Looked for from the end, where most that is asked for stands. */
  indexOf(id: string): number {
    return this.#ids.lastIndexOf(id);
  }

  top(index: number): number {
    return this.#table()[index] ?? this.total;
  }

  bottom(index: number): number {
    return this.#table()[index + 1] ?? this.total;
  }

  /** The row that covers the height `y`, or the nearest one; -1 when there is none. */
  indexAt(y: number): number {
    const tops = this.#table();
    let low = 0;
    let high = this.#ids.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((tops[middle] ?? 0) <= y) low = middle;
      else high = middle - 1;
    }
    return high < 0 ? -1 : low;
  }

  #table(): Float64Array {
    if (this.#tops) return this.#tops;
    const { size } = this.#heights;
    const average = size === 0 ? FIRST_ESTIMATE : this.#measuredSum / size;
    const tops = new Float64Array(this.#ids.length + 1);
    let y = 0;
    this.#ids.forEach((id, index) => {
      tops[index] = y;
      y += this.#heights.get(id) ?? average;
    });
    tops[this.#ids.length] = y;
    this.#tops = tops;
    return tops;
  }

  #forgetOthers(): void {
    const kept = new Set(this.#ids);
    for (const [id, height] of this.#heights) {
      if (kept.has(id)) continue;
      this.#heights.delete(id);
      this.#measuredSum -= height;
    }
  }
}
