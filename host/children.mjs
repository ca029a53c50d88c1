import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { findCommand } from './commands.mjs';
import { Problem } from './problem.mjs';

const PATIENCE_MS = 4_000;
const LAST_WAIT_MS = 1_000;
const POLL_MS = 50;
const PARENT_POLL_MS = 500;

const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** True when the signal reached somebody. Signal 0 only asks. */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether somebody of the group still runs. A dead process whose parent never asked for it (in a
 * container, often) takes signals too, so on Linux its state counts.
 */
function isAlive(pid) {
  if (!signalGroup(pid, 0)) return false;
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(group) === pid && !/[ZX]/.test(state);
    } catch {
      return false; // It ended while we looked.
    }
  });
}

async function isGone(pid, withinMs) {
  const end = Date.now() + withinMs;
  while (isAlive(pid)) {
    if (Date.now() > end) return false;
    await delay(POLL_MS);
  }
  return true;
}

/**
 * `npm` hands a signal to the shell between it and us, and that shell dies without a word. Started by
 * hand it is nobody's business whether the shell lives: then nohup works as ever.
 */
function onParentGone(act) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    act();
  }, PARENT_POLL_MS);
  timer.unref();
}

/**
 * Where the kernel can be asked to, it ends a child when we are killed and can end nobody ourselves.
 * A command that is not there is left to `spawn`, which says so.
 */
function tiedToUs(command, args, env, signal) {
  const file = path.isAbsolute(command) ? command : findCommand(command, env);
  const setpriv = process.platform === 'linux' ? findCommand('setpriv') : undefined;
  if (!file || !setpriv) return [command, args];
  return [setpriv, ['--pdeathsig', signal, '--', file, ...args]];
}

/**
 * Owns every process that is started here. Each is the leader of a group of its own, since a signal
 * to the leader alone leaves its children (extension hosts, compilers) behind for seconds.
 */
export class Children {
  #groups = new Set();
  #stopping = false;
  #patienceMs;

  /** @param {{ patienceMs?: number }} [options] how long a group may take to end by itself */
  constructor({ patienceMs = PATIENCE_MS } = {}) {
    this.#patienceMs = patienceMs;
    // The last net, for a crash of this process: nobody is left behind.
    process.on('exit', () => this.#groups.forEach((pid) => signalGroup(pid, 'SIGKILL')));
  }

  get stopping() {
    return this.#stopping;
  }

  /**
   * Starts a command, its output as pipes unless `options` say otherwise.
   *
   * @param {string} command
   * @param {readonly string[]} args
   * @param {import('node:child_process').SpawnOptions & { ifWeDie?: 'TERM' | 'KILL' }} [options]
   *   `ifWeDie` is the signal that it gets when this process is killed
   */
  start(command, args, { ifWeDie = 'TERM', ...options } = {}) {
    if (this.#stopping) throw new Problem('Stopped.');
    const [file, allArgs] = tiedToUs(command, args, options.env, ifWeDie);
    const child = spawn(file, allArgs, {
      stdio: ['ignore', 'pipe', 'pipe'],
      ...options,
      detached: true,
    });
    const { pid } = child;
    if (pid !== undefined) this.#groups.add(pid);
    /** @type {Promise<{ code: number | null, signal: NodeJS.Signals | null, error?: Error }>} */
    const ended = new Promise((resolve) => {
      child.once('error', (error) => resolve({ code: null, signal: null, error }));
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    const stop = () => this.#stop(pid);
    // A leader that ends by itself may leave others of its group.
    void ended.then(stop);
    return { process: child, ended, stop };
  }

  /** Ends everything; resolves when nothing is left. */
  async stopAll() {
    this.#stopping = true;
    await Promise.all([...this.#groups].map((pid) => this.#stop(pid)));
  }

  /**
   * Ctrl-C, `kill` and a closed terminal stop everything and end this process; a second signal does
   * so at once.
   *
   * @param {() => unknown} [first] what is to be done before
   */
  stopOnSignals(first) {
    const stop = (/** @type {NodeJS.Signals} */ signal) => {
      const code = 128 + constants.signals[signal];
      if (this.#stopping) process.exit(code);
      this.#stopping = true;
      void Promise.resolve(first?.())
        .then(() => this.stopAll())
        .finally(() => process.exit(code));
    };
    // A closed terminal takes the streams away; that must not end the cleaning up.
    for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
    onParentGone(() => stop('SIGTERM'));
  }

  async #stop(pid) {
    if (pid === undefined || !this.#groups.has(pid)) return;
    signalGroup(pid, 'SIGTERM');
    if (!(await isGone(pid, this.#patienceMs))) {
      signalGroup(pid, 'SIGKILL');
      await isGone(pid, LAST_WAIT_MS);
    }
    this.#groups.delete(pid);
  }
}
