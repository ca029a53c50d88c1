import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { Problem, tailOf } from './problem.mjs';

const READY_MS = 60_000;
const POLL_MS = 50;

const delay = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Settings that keep a new VS Code quiet and off the network; callers' own go on top. */
const QUIET = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  // The browser is on this machine: a port needs no forwarding, and no notification.
  'remote.autoForwardPorts': false,
};

/**
 * Where one VS Code keeps its things.
 *
 * @typedef {{ userData: string, extensions: string, server: string }} Folders
 */

/**
 * @param {string} base
 * @returns {Folders}
 */
export function foldersIn(base) {
  return {
    userData: path.join(base, 'user-data'),
    extensions: path.join(base, 'extensions'),
    server: path.join(base, 'server'),
  };
}

/** The caller's environment without what another VS Code, or Electron, left in it. */
function environmentFor(env) {
  const clean = Object.entries(env).filter(([name]) => !/^(VSCODE|ELECTRON)_/.test(name));
  // Set and empty, or external URIs become /proxy/PORT, a route that this server does not have.
  return { ...Object.fromEntries(clean), VSCODE_PROXY_URI: '' };
}

function argumentsFor(vscode, folders) {
  return [
    vscode.serverMain,
    ...['--server-data-dir', folders.server],
    ...['--user-data-dir', folders.userData],
    ...['--extensions-dir', folders.extensions],
    ...['--accept-server-license-terms', '--telemetry-level', 'off'],
  ];
}

/**
 * Writes the settings of a VS Code that was never started; one with settings keeps them.
 *
 * @param {Folders} folders
 * @param {Record<string, unknown>} settings
 */
export async function writeSettings(folders, settings) {
  const file = path.join(folders.userData, 'User', 'settings.json');
  await mkdir(path.dirname(file), { recursive: true });
  await mkdir(folders.extensions, { recursive: true });
  const text = `${JSON.stringify({ ...QUIET, ...settings }, null, 2)}\n`;
  await writeFile(file, text, { flag: 'wx' }).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

/**
 * @param {{ vscode: import('./vscode.mjs').VSCode, folders: Folders, vsix: string,
 *   steps: import('./steps.mjs').Steps }} options
 */
export async function installExtension({ vscode, folders, vsix, steps }) {
  const args = [...argumentsFor(vscode, folders), '--install-extension', vsix, '--force'];
  await steps.run(vscode.node, args, { env: environmentFor(process.env), limitMs: READY_MS });
}

/**
 * Starts VS Code's server on 127.0.0.1; ready when this resolves.
 *
 * @param {{ vscode: import('./vscode.mjs').VSCode, folders: Folders, log: string,
 *   children: import('./children.mjs').Children, port?: number, token?: string, open?: string,
 *   env?: NodeJS.ProcessEnv }} options `port` 0 is any; without a `token` anybody on this machine
 *   may come in; `open` is the folder or workspace that `/` shows; `log` gets the server's output
 */
export async function startServer({ vscode, folders, log, children, ...options }) {
  const { port = 0, token, open, env = process.env } = options;
  const isWorkspace = open?.endsWith('.code-workspace');
  const args = [
    ...argumentsFor(vscode, folders),
    ...['--host', '127.0.0.1', '--port', String(port), '--disable-workspace-trust'],
    ...(token ? ['--connection-token', token] : ['--without-connection-token']),
    ...(open ? [isWorkspace ? '--default-workspace' : '--default-folder', open] : []),
  ];
  const child = children.start(vscode.node, args, { env: environmentFor(env) });
  const output = createWriteStream(log);
  output.on('error', () => undefined);
  child.process.stdout?.pipe(output);
  child.process.stderr?.pipe(output);
  let hasEnded = false;
  void child.ended.then(() => (hasEnded = true));
  const found = await portOf(child, () => hasEnded);
  if (found && (await answers(found, () => hasEnded))) {
    const url = `http://127.0.0.1:${found}/${token ? `?tkn=${token}` : ''}`;
    return { url, port: found, ended: child.ended, stop: child.stop };
  }
  await child.stop();
  const tail = tailOf(await readFile(log, 'utf8').catch(() => ''));
  throw new Problem(`VS Code ${vscode.version} did not start.`, { tail });
}

/** The port as the server prints it, or undefined when it ended or said nothing. */
async function portOf(child, hasEnded) {
  let text = '';
  child.process.stdout?.on('data', (data) => (text += data));
  for (const end = Date.now() + READY_MS; Date.now() < end && !hasEnded(); await delay(POLL_MS)) {
    const found = /listening on (\d+)/.exec(text);
    if (found) return Number(found[1]);
  }
  return undefined;
}

async function answers(port, hasEnded) {
  for (const end = Date.now() + READY_MS; Date.now() < end && !hasEnded(); await delay(POLL_MS)) {
    const isHealthy = await new Promise((resolve) => {
      const request = http.get({ host: '127.0.0.1', port, path: '/version', timeout: 1_000 });
      request.on('response', (answer) => resolve(answer.resume().statusCode === 200));
      request.on('timeout', () => request.destroy());
      request.on('error', () => resolve(false));
    });
    if (isHealthy) return true;
  }
  return false;
}
