/**
 * Something a person can do something about: one sentence what happened, one what to do, and the
 * last lines of the command that failed. Any other error is a bug and is shown with its stack.
 */
export class Problem extends Error {
  /**
   * @param {string} what one sentence
   * @param {{ todo?: string, tail?: string, cause?: unknown }} [more]
   */
  constructor(what, { todo, tail, cause } = {}) {
    super(what, { cause });
    this.name = 'Problem';
    this.todo = todo;
    this.tail = tail;
  }
}

/**
 * What a terminal shows for an error.
 *
 * @param {unknown} error
 */
export function explain(error) {
  if (!(error instanceof Problem)) return error instanceof Error ? error.stack : String(error);
  const tail = error.tail?.trim();
  return [
    ...(tail ? [tail.replace(/^/gm, '    ')] : []),
    error.message,
    ...(error.todo ? [error.todo] : []),
  ].join('\n');
}

const FIRST_LINES = 8;
const LAST_LINES = 16;

/**
 * The lines of a long text that matter: npm says what is wrong first, most others say it last.
 *
 * @param {string} text
 */
export function tailOf(text) {
  const lines = text.trim().split('\n');
  if (lines.length <= FIRST_LINES + LAST_LINES) return lines.join('\n');
  return [...lines.slice(0, FIRST_LINES), '…', ...lines.slice(-LAST_LINES)].join('\n');
}
