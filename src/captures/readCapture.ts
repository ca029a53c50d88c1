import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import { HumanError, systemCode } from '../base/humanError';
import { CaptureFold } from './captureFold';
import type { CaptureEntry } from './entry';

export interface Capture {
  /** Folded, in the order recorded. */
  readonly entries: CaptureEntry[];
  /** What was left out of the file, and why, one sentence each. */
  readonly notices: string[];
}

const LINE_FEED = 0x0a;

/**
 * Reads a capture file. A torn last line and lines that are not a capture's are left out with a
 * notice. A file that cannot be read, or holds no line of a capture, is a `HumanError`.
 */
export async function readCapture(file: string): Promise<Capture> {
  const fold = new CaptureFold();
  try {
    const stats = await stat(file);
    if (stats.isCharacterDevice() || stats.isBlockDevice()) throw notAFile(file);
    for await (const { line, isWhole } of linesOf(file)) fold.add(line, isWhole);
  } catch (error) {
    throw unreadable(file, error);
  }
  if (fold.isForeign)
    throw new HumanError(l10n.t('{0} is not a capture file.', file), {
      remedy: l10n.t('It holds no line of a capture; name one that was recorded.'),
    });
  return { entries: fold.entries(), notices: fold.notices() };
}

/**
 * Lines end with a line feed only: U+2028 and a lone carriage return are ordinary characters of a
 * JSON text, and readers that split at them tear lines apart.
 */
async function* linesOf(file: string): AsyncGenerator<{ line: string; isWhole: boolean }> {
  let rest: Buffer[] = [];
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      rest.push(chunk.subarray(from, at));
      yield { line: Buffer.concat(rest).toString('utf8'), isWhole: true };
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  if (rest.length > 0) yield { line: Buffer.concat(rest).toString('utf8'), isWhole: false };
}

/** A device has no end to read to, and keeps nothing. */
export function notAFile(file: string): HumanError {
  return new HumanError(l10n.t('{0} is not a file.', file), {
    remedy: l10n.t('Name an ordinary file.'),
  });
}

function unreadable(file: string, error: unknown): unknown {
  if (error instanceof HumanError) return error;
  const code = systemCode(error);
  const details = { ...(code !== undefined && { code }), cause: error };
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new HumanError(l10n.t('There is no file {0}.', file), {
        remedy: l10n.t('Check the name and the folder.'),
        ...details,
      });
    case 'EISDIR':
      return new HumanError(l10n.t('{0} is a folder.', file), {
        remedy: l10n.t('Name a capture file in it.'),
        ...details,
      });
    case undefined:
      return error;
    default:
      return new HumanError(l10n.t('{0} cannot be read.', file), {
        remedy: l10n.t('Check that you may read the file and that its disk is there.'),
        ...details,
      });
  }
}
