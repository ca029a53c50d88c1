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

/**
 * The last lines of a text.
 *
 * @param {string} text
 * @param {number} [lines]
 */
export function tailOf(text, lines = 20) {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
