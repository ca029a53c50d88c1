/** What a person needs beside the sentence itself. */
export interface HumanErrorDetails {
  /** What to do now, as one sentence. */
  readonly remedy: string;
  /** The platform's own code where there is one: `OAU-109`, `CMN-401`, `EADDRINUSE`. */
  readonly code?: string;
  /** Our own name for it, for code that offers a way out; people do not see it. */
  readonly kind?: string;
  readonly cause?: unknown;
}

/**
 * The one error class whose text is written for people: a sentence that says what happened, and a
 * remedy that says what to do. Anything else that is thrown is a bug and keeps its stack.
 */
export class HumanError extends Error {
  readonly remedy: string;
  readonly code: string | undefined;
  readonly kind: string | undefined;

  constructor(sentence: string, details: HumanErrorDetails) {
    super(sentence, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'HumanError';
    this.remedy = details.remedy;
    this.code = details.code;
    this.kind = details.kind;
  }

  /** Sentence, code and remedy in one line, for a notification or a terminal. */
  toLine(): string {
    const code =
      this.code === undefined || this.message.includes(this.code) ? '' : ` (${this.code})`;
    return `${this.message.replace(/[.\s]+$/, '')}${code}. ${this.remedy}`;
  }
}

/** One line for any thrown value; a bug says its message, its stack belongs in the log. */
export function lineOf(error: unknown): string {
  if (error instanceof HumanError) return error.toLine();
  return error instanceof Error ? error.message : String(error);
}

/** Node's error code (`ECONNREFUSED`, `EADDRINUSE`), looked for along the chain of causes. */
export function systemCode(error: unknown): string | undefined {
  for (let e: unknown = error, depth = 0; e instanceof Error && depth < 5; e = e.cause, depth++) {
    const { code } = e as NodeJS.ErrnoException;
    if (typeof code === 'string') return code;
    const inner: unknown = e instanceof AggregateError ? e.errors[0] : undefined;
    if (inner instanceof Error) return systemCode(inner);
  }
  return undefined;
}
