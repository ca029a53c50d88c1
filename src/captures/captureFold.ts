import * as l10n from '@vscode/l10n';
import type { CaptureEntry } from './entry';
import { parseJson } from './json';
import { parseLine } from './parseLine';

/** So many bad lines are told one by one. */
const MOST_NOTICES = 20;

/**
 * Folds the lines of a capture: the last line with an `_id` is the entry, in the place of the
 * first; a line with `_deleted` takes it away.
 */
export class CaptureFold {
  readonly #entries = new Map<string /* _id */, CaptureEntry>();
  readonly #notices: string[] = [];
  #lines = 0;
  #known = 0;
  #unknown = 0;
  #torn = 0;

  /** @param isWhole whether the line ended with a line feed, as every written line does */
  add(line: string, isWhole = true): void {
    this.#lines++;
    const parsed = parseLine(this.#lines === 1 ? line.replace(/^\uFEFF/, '') : line);
    switch (parsed.is) {
      case 'entry':
        this.#known++;
        this.#entries.set(parsed.entry._id, parsed.entry);
        return;
      case 'deletion':
        this.#known++;
        this.#entries.delete(parsed.id);
        return;
      case 'unknown':
        this.#unknown++;
        if (!isWhole && isCutOff(line)) this.#torn++;
        this.#notice(isWhole);
        return;
      case 'blank':
    }
  }

  /** Whether not one line was that of a capture, nor the beginning of one, though there were lines. */
  get isForeign(): boolean {
    return this.#known === 0 && this.#unknown > this.#torn;
  }

  entries(): CaptureEntry[] {
    // An entry that somebody wrote by hand takes its number from its place.
    return [...this.#entries.values()].map((entry, index) =>
      entry._seq > 0 ? entry : { ...entry, _seq: index + 1 },
    );
  }

  notices(): string[] {
    const more = this.#unknown - this.#notices.length;
    if (more <= 0) return [...this.#notices];
    return [...this.#notices, l10n.t('{0} more lines were left out.', more)];
  }

  #notice(isWhole: boolean): void {
    if (this.#notices.length >= MOST_NOTICES) return;
    this.#notices.push(
      isWhole
        ? l10n.t('Line {0} is no line of a capture and was left out.', this.#lines)
        : l10n.t('The last line, {0}, was not written to its end and was left out.', this.#lines),
    );
  }
}

function isCutOff(line: string): boolean {
  return line.startsWith('{') && parseJson(line) === undefined;
}
