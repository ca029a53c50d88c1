import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { findCommand } from './commands.mjs';
import { withLock } from './lock.mjs';
import { fillOnce, installNode } from './node.mjs';
import { CHECK_NETWORK, runNpm } from './npm.mjs';
import { Problem } from './problem.mjs';

/** The oldest VS Code that the manifest promises. */
export const MINIMUM = '1.100.3';
/** The one that people get from `npm start`. */
export const CURRENT = '1.139.1';

/**
 * VS Code as the npm package code-server ships it: the server, the browser workbench and the Node
 * extension host. `natives` are the modules that npm has no binaries of, each with what is lost
 * without it.
 */
const RECIPES = {
  [MINIMUM]: {
    codeServer: '4.100.3',
    node: 20,
    size: '330 MB',
    natives: {
      '@vscode/spdlog': 'log files',
      'native-watchdog': 'the watchdog',
      'node-pty': 'terminals',
    },
  },
  [CURRENT]: {
    codeServer: '4.139.1',
    node: 24,
    size: '640 MB',
    natives: { '@vscode/spdlog': 'log files', '@vscode/native-watchdog': 'the watchdog' },
  },
};

export const VERSIONS = Object.keys(RECIPES);

/** Changes when an installed folder is to be thrown away for a new one. */
const EDITION = 1;

/** @typedef {{ version: string, folder: string, serverMain: string, node: string }} VSCode */

/**
 * Installs that VS Code into the cache unless it is there already. Safe to interrupt and to run
 * twice at once.
 *
 * @param {string} version one of VERSIONS
 * @param {{ cache: string, steps: import('./steps.mjs').Steps }} options
 * @returns {Promise<VSCode>}
 */
export async function installVSCode(version, { cache, steps }) {
  const recipe = RECIPES[version];
  if (!recipe) {
    throw new Problem(`There is no recipe for VS Code ${version}.`, {
      todo: `Use one of ${VERSIONS.join(', ')}.`,
    });
  }
  const node = await installNode(recipe.node, { cache, steps });
  const folder = path.join(cache, `vscode-${version}`);
  const context = { folder, node, recipe, steps, title: `VS Code ${version}` };
  if (!(await isFinished(context))) {
    await withLock(
      folder,
      () => finish(context),
      () => steps.say(`… Another run is installing ${context.title}; waiting for it`),
    );
  }
  await linkRipgrep(folder);
  const serverMain = path.join(folder, 'lib', 'vscode', 'out', 'server-main.js');
  return { version, folder, serverMain, node: node.bin };
}

const noteOf = (folder) => path.join(folder, 'installed.json');
const canCompile = () => ['python3', 'make', 'g++'].every((name) => findCommand(name));

async function readNote(folder) {
  try {
    const note = JSON.parse(await readFile(noteOf(folder), 'utf8'));
    return note.edition === EDITION ? note : undefined;
  } catch {
    return undefined;
  }
}

/** Natives that were left out for want of a compiler are made as soon as there is one. */
async function isFinished({ folder }) {
  const note = await readNote(folder);
  return note !== undefined && (note.hadCompiler || !canCompile());
}

async function finish(context) {
  const { folder, recipe, steps, title } = context;
  if (await isFinished(context)) return;
  if (await readNote(folder)) return compileNatives(folder, context);
  await steps.step(
    `Installing ${title} from npm (once, about ${recipe.size})`,
    () => fillOnce(folder, (partial) => fill(partial, context)),
    CHECK_NETWORK,
  );
}

async function fill(partial, context) {
  const { recipe, node, steps } = context;
  await unpack(`code-server@${recipe.codeServer}`, partial, steps);
  const vscode = path.join(partial, 'lib', 'vscode');
  const install = ['install', '--omit=dev', '--ignore-scripts'];
  await runNpm(steps, install, { cwd: vscode, node });
  await runNpm(steps, install, { cwd: path.join(vscode, 'extensions'), node });
  await symlink('node_modules', path.join(vscode, 'node_modules.asar')).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await compileNatives(partial, context);
}

/** Only VS Code itself of the package; its wrapper and that one's dependencies stay out. */
async function unpack(name, folder, steps) {
  const printed = await runNpm(steps, ['pack', name, '--ignore-scripts'], { cwd: folder });
  const tarball = path.join(folder, printed.trim().split('\n').at(-1) ?? '');
  const wanted = ['package/lib/vscode', 'package/LICENSE'];
  await steps.run('tar', ['-xzf', tarball, '--strip-components=1', ...wanted], { cwd: folder });
  await rm(tarball);
}

async function compileNatives(folder, context) {
  const { recipe, steps, title } = context;
  const hadCompiler = canCompile();
  const lost = [];
  let tail = '';
  for (const [native, use] of Object.entries(recipe.natives)) {
    try {
      if (hadCompiler) await compile(native, path.join(folder, 'lib', 'vscode'), context);
      else lost.push(use);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      lost.push(use);
      tail = error.tail ?? error.message;
    }
  }
  if (lost.length > 0) {
    if (tail) steps.say(tail);
    const remedy = hadCompiler ? '' : ': install python3, make and g++ for it';
    steps.say(`! ${title} does without ${lost.join(', ')}${remedy}`);
  }
  await writeFile(noteOf(folder), JSON.stringify({ edition: EDITION, hadCompiler }));
}

/** A module is good when that Node loads it; what its install script says besides is no matter. */
async function compile(native, vscode, { node, steps }) {
  const rebuild = ['rebuild', native, '--ignore-scripts=false'];
  const failure = await runNpm(steps, rebuild, { cwd: vscode, node }).then(
    () => undefined,
    (error) => error,
  );
  const load = ['-e', 'require(process.argv[1])', path.join(vscode, 'node_modules', native)];
  await steps.run(node.bin, load).catch((error) => {
    throw failure ?? error;
  });
}

/** Older versions look for a ripgrep that npm does not bring; Debian's does. */
async function linkRipgrep(folder) {
  const home = path.join(folder, 'lib', 'vscode', 'node_modules', '@vscode', 'ripgrep');
  const link = path.join(home, 'bin', 'rg');
  const ripgrep = findCommand('rg');
  if (!existsSync(home) || existsSync(link) || !ripgrep) return;
  await mkdir(path.dirname(link), { recursive: true });
  await rm(link, { force: true });
  await symlink(ripgrep, link).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
