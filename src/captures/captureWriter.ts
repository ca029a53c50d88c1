import { open, stat, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as l10n from '@vscode/l10n';
import { HumanError, systemCode } from '../base/humanError';
import { notAFile } from './readCapture';

interface Waiting {
  readonly bytes: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const LINE_FEED = 0x0a;

/**
 * Appends lines to a capture file. Each line is one write; those that wait while the disk works
 * share the next sync. A file that was removed or replaced meanwhile is made anew, so that a line
 * that counts as written stands in the file of that name.
 */
export class CaptureWriter {
  #handle: FileHandle | undefined;
  /** Whether the file ends within a line, which the next one must not be glued to. */
  #isTorn = false;
  #waiting: Waiting[] = [];
  #working: Promise<void> | undefined;
  #isClosed = false;

  private constructor(readonly file: string) {}

  /** Opens or makes the file; its folder must be there. */
  static async open(file: string): Promise<CaptureWriter> {
    const writer = new CaptureWriter(file);
    try {
      await writer.#open();
    } catch (error) {
      throw unwritable(file, error);
    }
    return writer;
  }

  /** Resolves when the line is on disk; rejects with a `HumanError` when it cannot be written. */
  append(line: object): Promise<void> {
    if (this.#isClosed) return Promise.reject(new Error('the capture is closed'));
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`, 'utf8');
    return new Promise((resolve, reject) => {
      this.#waiting.push({ bytes, resolve, reject });
      this.#working ??= this.#work();
    });
  }

  /** Waits for what was appended before, and closes the file. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#working;
    await this.#release();
  }

  async #work(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        await this.#write(batch);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        // A later line starts over with the file as it is then.
        await this.#release();
        for (const { reject } of batch) reject(unwritable(this.file, error));
      }
    }
    this.#working = undefined;
  }

  async #write(batch: readonly Waiting[]): Promise<void> {
    await this.#writeOnce(batch);
    if (await this.#isInPlace()) return;
    await this.#release();
    await this.#writeOnce(batch);
  }

  async #writeOnce(batch: readonly Waiting[]): Promise<void> {
    const handle = this.#handle ?? (await this.#open());
    for (const { bytes } of batch) {
      const whole = this.#isTorn ? Buffer.concat([Buffer.of(LINE_FEED), bytes]) : bytes;
      this.#isTorn = true;
      for (let at = 0; at < whole.length;)
        at += (await handle.write(whole, at, whole.length - at)).bytesWritten;
      this.#isTorn = false;
    }
    await handle.datasync();
  }

  /** Whether the name still leads to the file that is open. */
  async #isInPlace(): Promise<boolean> {
    const [own, named] = await Promise.all([
      this.#handle?.stat({ bigint: true }),
      stat(this.file, { bigint: true }).catch(() => undefined),
    ]);
    return own?.ino === named?.ino && own?.dev === named?.dev;
  }

  async #open(): Promise<FileHandle> {
    // What people say to each other stands in it: others of this machine shall not read it.
    const handle = await open(this.file, 'a+', 0o600);
    try {
      this.#isTorn = await endsTorn(handle, this.file);
    } catch (error) {
      await handle.close();
      throw error;
    }
    this.#handle = handle;
    return handle;
  }

  async #release(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    await handle?.close().catch(() => undefined);
  }
}

/** Whether an earlier writer was stopped within a line. */
async function endsTorn(handle: FileHandle, file: string): Promise<boolean> {
  const stats = await handle.stat();
  if (!stats.isFile()) throw notAFile(file);
  const last = Buffer.of(LINE_FEED);
  if (stats.size > 0) await handle.read(last, 0, 1, stats.size - 1);
  else await syncFolder(dirname(file));
  return last[0] !== LINE_FEED;
}

/** Makes the name of a new file lasting; not every system and file system offers it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}

function unwritable(file: string, cause: unknown): unknown {
  const code = systemCode(cause);
  if (code === undefined || cause instanceof HumanError) return cause;
  const remedy = remedyFor(code);
  return new HumanError(l10n.t('The capture {0} cannot be written.', file), {
    remedy,
    code,
    cause,
  });
}

function remedyFor(code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return l10n.t('The disk is full: make room, or record to another disk.');
    case 'ENOENT':
    case 'ENOTDIR':
      return l10n.t('Its folder is not there: make it, or record into another one.');
    case 'EISDIR':
      return l10n.t('That is a folder: name a file in it.');
    case 'EROFS':
      return l10n.t('The disk is read-only: record to another one.');
    default:
      return l10n.t('Check that you may write there and that the disk is sound.');
  }
}
