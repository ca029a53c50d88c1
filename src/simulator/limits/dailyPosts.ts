/** Counts the posts a person makes through the API in one day (UTC). */
export class DailyPosts {
  readonly #counts = new Map<string, number>();
  readonly #now: () => number;
  readonly #most: number;
  #day = '';

  constructor(now: () => number, most: number) {
    this.#now = now;
    this.#most = most;
  }

  /** False when the day's posts are used up. */
  count(personId: string): boolean {
    const day = new Date(this.#now()).toISOString().slice(0, 10);
    if (day !== this.#day) {
      this.#day = day;
      this.#counts.clear();
    }
    const made = this.#counts.get(personId) ?? 0;
    if (made >= this.#most) return false;
    this.#counts.set(personId, made + 1);
    return true;
  }
}
