import path from 'node:path';
import { withLock } from './lock.mjs';
import { isFree } from './ports.mjs';
import { Problem, tailOf } from './problem.mjs';

export const SIMULATOR_PORT = 4747;
const START_MS = 30_000;
const ASK_MS = 2_000;
const ASK_AGAIN_MS = 5_000;

const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** What a simulator of this project says about itself, or undefined when somebody else listens. */
async function detailsAt(port) {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ command: 'details' }),
      signal: AbortSignal.timeout(ASK_MS),
    });
    const { ok } = await answer.json();
    return typeof ok?.server === 'string' ? ok : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The simulator of another run when there is one, else one of our own.
 *
 * @param {{ root: string, children: import('./children.mjs').Children,
 *   steps: import('./steps.mjs').Steps }} options
 */
export function openSimulator(options) {
  const { root, children, steps } = options;
  // One run at a time: of two that start at once the second is to find the first one's simulator.
  return withLock(`port ${SIMULATOR_PORT}`, async () => {
    const running = await detailsAt(SIMULATOR_PORT);
    if (running) {
      steps.say('✓ Using the simulator that runs already');
      return { url: running.server, ended: takeOver(options) };
    }
    const port = (await isFree(SIMULATOR_PORT)) ? SIMULATOR_PORT : 0;
    const simulator = await steps.step('Starting the simulator', () =>
      startSimulator({ root, children, port }),
    );
    if (port === 0) {
      const taken = `! Port ${SIMULATOR_PORT} is taken by another program`;
      steps.say(`${taken}: the simulator has port ${new URL(simulator.url).port}`);
    }
    return simulator;
  });
}

/** When the run that the simulator belongs to ends, this one goes on with a simulator of its own. */
async function takeOver(options) {
  while (await detailsAt(SIMULATOR_PORT)) await delay(ASK_AGAIN_MS);
  if (options.children.stopping) return new Promise(() => undefined);
  options.steps.say('! The simulator of the other run has ended');
  const { ended } = await openSimulator(options);
  return ended;
}

/** @param {{ root: string, children: import('./children.mjs').Children, port: number }} options */
export async function startSimulator({ root, children, port }) {
  const cli = path.join(root, 'dist', 'cli.js');
  const child = children.start(process.execPath, [
    ...[cli, 'simulate', '--json', '--port', String(port)],
  ]);
  let output = '';
  child.process.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
  let limit;
  const line = await Promise.race([
    firstLine(child.process.stdout),
    child.ended.then(() => undefined),
    new Promise((resolve) => (limit = setTimeout(resolve, START_MS))),
  ]);
  clearTimeout(limit);
  try {
    return { url: JSON.parse(line).server, ended: child.ended };
  } catch (cause) {
    await child.stop();
    const tail = tailOf([output, line].filter(Boolean).join('\n'));
    throw new Problem('The simulator did not start.', { tail, cause });
  }
}

/** Reads on after the first line, so that the writer never waits for a reader. */
function firstLine(stream) {
  return new Promise((resolve) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (data) => {
      if (text.includes('\n')) return;
      text += data;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
  });
}
