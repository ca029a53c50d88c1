import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { withLock } from './lock.mjs';
import { CHECK_NETWORK } from './npm.mjs';
import { Problem } from './problem.mjs';

/** npm writes it last, when node_modules is complete. */
const writtenLast = (root) => path.join(root, 'node_modules', '.package-lock.json');

async function packagesOf(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/**
 * Whether node_modules is what package-lock.json says; packages for other platforms may be absent.
 *
 * @param {string} root
 */
export async function areDependenciesInstalled(root) {
  const wanted = await packagesOf(path.join(root, 'package-lock.json'));
  const installed = await packagesOf(writtenLast(root));
  const entries = Object.entries(wanted);
  if (entries.length === 0) return false;
  return entries.every(([name, { version, integrity, optional, link }]) => {
    if (name === '' || link) return true;
    const found = installed[name];
    if (!found) return optional === true;
    return found.version === version && found.integrity === integrity;
  });
}

async function npmCi(root, steps) {
  const args = ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund'];
  const run = () => steps.run('npm', [...args, '--loglevel=error'], { cwd: root });
  try {
    await run();
  } catch (error) {
    // The npm of a killed run may still have been writing while ours cleared the folder.
    if (!error.tail?.includes('ENOTEMPTY')) throw error;
    await run();
  }
}

/**
 * `npm ci` when it is needed. No package's own scripts run.
 *
 * @param {string} root
 * @param {import('./steps.mjs').Steps} steps
 */
export async function installDependencies(root, steps) {
  if (await areDependenciesInstalled(root)) return;
  await withLock(
    path.join(root, 'node_modules'),
    async () => {
      if (await areDependenciesInstalled(root)) return;
      // An interrupted `npm ci` must not look like a complete one.
      await rm(writtenLast(root), { force: true });
      await steps.step('Installing dependencies', () => npmCi(root, steps), CHECK_NETWORK);
      if (await areDependenciesInstalled(root)) return;
      throw new Problem('npm ci ended well, but node_modules is not what package-lock.json says.', {
        todo: 'Remove node_modules and run it again.',
      });
    },
    () => steps.say('… Another run is installing the dependencies; waiting for it'),
  );
}
