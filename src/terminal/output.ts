import { HumanError } from '../base/humanError';
import type { Log } from '../base/log';

export type Style = 'dim' | 'bold' | 'red' | 'green' | 'yellow' | 'cyan';

const CODES: Record<Style, number> = { dim: 2, bold: 1, red: 31, green: 32, yellow: 33, cyan: 36 };

/** The part of a process's stream that is used here. */
export interface OutputStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Writes lines for people, or JSON lines for programs, to a process's two streams. */
export class Output {
  readonly #hasColours: boolean;
  #isClosed = false;

  constructor(
    private readonly out: OutputStream,
    private readonly err: OutputStream,
    env: NodeJS.ProcessEnv,
  ) {
    // https://no-color.org: set to anything but nothing.
    this.#hasColours = out.isTTY === true && (env.NO_COLOR ?? '') === '';
    // A reader that has seen enough (`| head`) ends the output, not the work.
    out.on('error', () => (this.#isClosed = true));
    err.on('error', () => undefined);
  }

  line(text = ''): void {
    if (!this.#isClosed) this.out.write(`${text}\n`);
  }

  json(value: unknown): void {
    this.line(JSON.stringify(value));
  }

  /** Something to know that is no result. */
  note(text: string): void {
    this.err.write(`${plain(text)}\n`);
  }

  /** An error's sentence and remedy; the stack of one that is a bug. */
  error(error: unknown): void {
    if (error instanceof HumanError) this.note(error.toLine());
    else
      this.err.write(
        `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
      );
  }

  paint(style: Style, text: string): string {
    return this.#hasColours ? `\u001b[${CODES[style]}m${text}\u001b[0m` : text;
  }

  /** A log whose warnings and errors people see. */
  log(): Log {
    return {
      debug: () => undefined,
      info: () => undefined,
      warn: (message) => this.note(message),
      error: (message) => (message instanceof Error ? this.error(message) : this.note(message)),
    };
  }
}

/**
 * Text that came over the wire, safe to be shown: control characters could move the cursor, change
 * the window's title or hide what follows.
 */
export function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '�');
}
