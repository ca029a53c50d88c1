// `npm start`: installs what is missing, builds, starts the simulator, and opens VS Code with the
// extension on the example bot. Ctrl-C stops everything that it started.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildExtension } from './build.mjs';
import { openCache } from './cache.mjs';
import { Children } from './children.mjs';
import { installDebianPackages } from './debian.mjs';
import { installDependencies } from './dependencies.mjs';
import { findDesktopCode } from './desktop.mjs';
import { withLock } from './lock.mjs';
import { freePortFrom } from './ports.mjs';
import { Problem, explain, tailOf } from './problem.mjs';
import { hasSecretService } from './secretService.mjs';
import { foldersIn, installExtension, startServer, writeSettings } from './server.mjs';
import { openSimulator } from './simulator.mjs';
import { Steps } from './steps.mjs';
import { CURRENT, installVSCode } from './vscode.mjs';

const VSCODE_PORT = 4700;
const FIRST_STEPS = 'click the chat-bot icon in the activity bar, then “Add the Simulator”';
const PEOPLES_SETTINGS = {
  'workbench.startupEditor': 'readme',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const example = path.join(root, 'examples', 'handover-bot');
const children = new Children();
const steps = new Steps({ children });

/** The same from start to start, so that a bookmark and the browser's own state stay good. */
async function tokenIn(base) {
  const file = path.join(base, 'token');
  await writeFile(file, randomBytes(12).toString('hex'), { flag: 'wx', mode: 0o600 }).catch(
    (error) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
  return (await readFile(file, 'utf8')).trim();
}

/** Installs the .vsix unless that very one is installed. */
async function installOnce(base, options) {
  const note = path.join(base, 'installed-vsix');
  const { size, mtimeMs } = await stat(options.vsix);
  const identity = `${options.vsix} ${size} ${mtimeMs}`;
  const isInstalled = async () => (await readFile(note, 'utf8').catch(() => '')) === identity;
  if (await isInstalled()) return;
  await withLock(note, async () => {
    if (await isInstalled()) return;
    await steps.step('Installing the extension', () => installExtension(options));
    await writeFile(note, identity);
  });
}

async function openInBrowser(cache, vsix, env) {
  const vscode = await installVSCode(CURRENT, { cache, steps });
  // Each clone has a VS Code of its own, or one would exchange the other's extension.
  const clone = createHash('sha256').update(root).digest('hex').slice(0, 8);
  const base = path.join(cache, `start-${CURRENT}-${clone}`);
  const folders = foldersIn(base);
  await mkdir(base, { recursive: true });
  await writeSettings(folders, PEOPLES_SETTINGS);
  await installOnce(base, { vscode, folders, vsix, steps });
  const token = await tokenIn(base);
  return withLock(`port ${VSCODE_PORT}`, async () => {
    const port = await freePortFrom(VSCODE_PORT);
    const log = path.join(base, `server-${port}.log`);
    const server = await steps.step(`Starting VS Code ${CURRENT}`, () =>
      startServer({ vscode, folders, log, children, port, token, open: example, env }),
    );
    return { ...server, where: `Open ${server.url}`, log };
  });
}

/** Desktop VS Code, which runs the extension from this folder, until its window is closed. */
function openOnDesktop(code, env) {
  const args = ['--new-window', '--wait', `--extensionDevelopmentPath=${root}`, example];
  const child = children.start(code, args, { env, stdio: 'ignore' });
  return { ended: child.ended, where: 'In the VS Code window that opens', isWindow: true };
}

/** A Problem when a part ends by itself. Only a window on the desktop may: it is a person's. */
async function watch(name, { ended, log, isWindow }) {
  const { code, signal, error } = await ended;
  if (children.stopping) return new Promise(() => undefined);
  if (code === 0 && isWindow) return steps.say('VS Code was closed. Stopping …');
  const how = error?.message ?? signal ?? `code ${code}`;
  throw new Problem(`${name} has ended (${how}), so everything else is stopped.`, {
    tail: log && tailOf(await readFile(log, 'utf8').catch(() => '')),
  });
}

async function start() {
  if (Number(process.versions.node.split('.')[0]) < 20) {
    throw new Problem(`This is Node ${process.versions.node}; Node 20 or newer is needed.`);
  }
  const cache = await openCache();
  await installDependencies(root, steps);
  const code = findDesktopCode();
  await installDebianPackages(code ? ['keychain'] : ['keychain', 'compiler'], steps);
  const vsix = await buildExtension(root, steps);
  const simulator = await openSimulator({ root, children, steps });
  const env = { ...process.env, RC_SERVER_URL: simulator.url };
  const vscode = code ? openOnDesktop(code, env) : await openInBrowser(cache, vsix, env);
  if (!(await hasSecretService(steps))) {
    const lasting = code ? '' : ', which in a browser forgets them when the page is closed';
    steps.say(
      `! No Secret Service runs in this session: secrets go to VS Code’s secret storage${lasting}`,
    );
  }
  steps.say(`Ready. ${vscode.where} → ${FIRST_STEPS}. (Simulator: ${simulator.url})`);
  steps.say('Ctrl-C stops everything.');
  await Promise.race([watch('VS Code', vscode), watch('The simulator', simulator)]);
}

children.stopOnSignals(() => steps.say('Stopping …'));
let code = 0;
try {
  await start();
} catch (error) {
  // After a signal whatever fails, fails because of it.
  if (children.stopping) await new Promise(() => undefined);
  console.error(explain(error));
  code = 1;
}
await children.stopAll();
process.exit(code);
