import { Problem, tailOf } from './problem.mjs';

/** A step that is done sooner is told in one line. */
const QUIET_MS = 1_000;

const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref());
const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** Tells a person at a terminal, or a log, what is going on: one line a step, with its time. */
export class Steps {
  #children;
  #out;

  /** @param {{ children: import('./children.mjs').Children, out?: NodeJS.WritableStream }} options */
  constructor({ children, out = process.stdout }) {
    this.#children = children;
    this.#out = out;
  }

  /** @param {string} line */
  say(line) {
    this.#out.write(`${line}\n`);
  }

  /**
   * @template T
   * @param {string} title what is being done, e.g. "Installing dependencies"
   * @param {() => Promise<T>} work
   * @param {string} [todo] what a person can do when it fails
   * @returns {Promise<T>}
   */
  async step(title, work, todo) {
    const start = Date.now();
    const announce = setTimeout(() => this.say(`… ${title}`), QUIET_MS);
    try {
      const result = await work();
      clearTimeout(announce);
      this.say(`✓ ${title} (${seconds(Date.now() - start)})`);
      return result;
    } catch (error) {
      clearTimeout(announce);
      if (!this.#children.stopping) this.say(`✗ ${title} (${seconds(Date.now() - start)})`);
      if (error instanceof Problem) error.todo ??= todo;
      throw error;
    }
  }

  /**
   * Runs a command to its end.
   *
   * @param {string} command
   * @param {readonly string[]} args
   * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, limitMs?: number, tellAll?: boolean }} [options]
   *   `tellAll`: a failure comes with all lines of the command, not only with those that matter most
   * @returns {Promise<string>} what it wrote to stdout; a Problem when it failed
   */
  async run(command, args, { cwd, env, limitMs, tellAll } = {}) {
    const child = this.#children.start(command, args, { cwd, env, ifWeDie: 'KILL' });
    let stdout = '';
    let output = '';
    child.process.stdout?.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.process.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
    let isLate = false;
    const limit =
      limitMs === undefined
        ? undefined
        : setTimeout(() => {
            isLate = true;
            void child.stop();
          }, limitMs);
    const closed = new Promise((resolve) => child.process.once('close', resolve));
    const { code, signal, error } = await child.ended;
    clearTimeout(limit);
    if (error === undefined) {
      await child.stop();
      // A grandchild that left the group may hold the pipes open for ever.
      await Promise.race([closed, delay(QUIET_MS)]);
    }
    if (code === 0) return stdout;
    throw new Problem(endOf([command, ...args], { code, signal, error, isLate, limitMs }), {
      tail: tellAll ? output : tailOf(output),
      cause: error,
    });
  }
}

function endOf(words, { code, signal, error, isLate, limitMs }) {
  const command = words.slice(0, 4).join(' ');
  if (isLate) return `"${command}" was still running after ${seconds(limitMs)} and was stopped.`;
  if (error?.code === 'ENOENT') return `"${words[0]}" is not installed.`;
  if (error) return `"${command}" could not start: ${error.message}.`;
  return `"${command}" ended with ${signal ?? `code ${code}`}.`;
}
