import { existsSync } from 'node:fs';
import { readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withLock } from './lock.mjs';

/** All that the packed extension is made of. */
const SOURCES = ['src', 'media', 'l10n', 'host/package.mjs'];
const SOURCE_FILES = /^(package.*\.json|esbuild\.js|tsconfig\.json|\.vscodeignore|LICENSE|.*\.md)$/;

async function newest(file) {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  const names = await readdir(file);
  const inside = await Promise.all(names.map((name) => newest(path.join(file, name))));
  // A folder's own time tells of files that were removed.
  return Math.max(found.mtimeMs, ...inside);
}

async function newestSource(root) {
  const files = (await readdir(root)).filter((name) => SOURCE_FILES.test(name));
  const times = [...SOURCES, ...files].map((name) => newest(path.join(root, name)));
  return Math.max(...(await Promise.all(times)));
}

/**
 * Builds and packs the extension unless that is done already for the sources as they are.
 *
 * @param {string} root
 * @param {import('./steps.mjs').Steps} steps
 * @returns {Promise<string>} the path of the .vsix
 */
export async function buildExtension(root, steps) {
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const vsix = path.join(root, 'dist', `${manifest.name}-${manifest.version}.vsix`);
  const stamp = path.join(root, 'dist', '.built');
  const isBuilt = async () => {
    const built = await stat(stamp).catch(() => undefined);
    return existsSync(vsix) && built !== undefined && built.mtimeMs >= (await newestSource(root));
  };
  if (await isBuilt()) return vsix;
  await withLock(
    path.join(root, 'dist'),
    async () => {
      if (await isBuilt()) return;
      await rm(stamp, { force: true });
      const start = new Date();
      await steps.step('Building the extension', async () => {
        await steps.run(process.execPath, ['esbuild.js', '--production'], { cwd: root });
        await steps.run(process.execPath, ['host/package.mjs'], { cwd: root });
      });
      await writeFile(stamp, '');
      // What is changed during the build is newer than it.
      await utimes(stamp, start, start);
    },
    () => steps.say('… Another run is building the extension; waiting for it'),
  );
  return vsix;
}
