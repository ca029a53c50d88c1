import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { Problem } from './problem.mjs';

const REASONS = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENOTDIR: 'a part of the path is a file',
  EEXIST: 'it is a file',
  ENOENT: 'no folder can be made there',
};

/**
 * Where VS Code and its Node are kept between runs.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cacheFolder(env = process.env) {
  const base = env.BOT_CHANNELS_CACHE || env.XDG_CACHE_HOME || path.join(homedir(), '.cache');
  return path.resolve(base, 'bot-channel-workbench');
}

/** Node's own recursive mkdir never returns where a folder cannot be made, as in /proc. */
async function makeFolder(folder) {
  try {
    await mkdir(folder);
  } catch (error) {
    const isThere = error.code === 'EEXIST' && (await stat(folder)).isDirectory();
    if (isThere) return;
    if (error.code !== 'ENOENT' || path.dirname(folder) === folder) throw error;
    await makeFolder(path.dirname(folder));
    await mkdir(folder);
  }
}

/**
 * Makes the cache folder and proves that it can be written.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function openCache(env = process.env) {
  const folder = cacheFolder(env);
  const probe = path.join(folder, `.probe-${process.pid}`);
  try {
    await makeFolder(folder);
    await writeFile(probe, '');
    await rm(probe);
    return folder;
  } catch (error) {
    throw new Problem(
      `The cache folder ${folder} cannot be written: ${REASONS[error.code] ?? error.message}.`,
      { todo: 'Set BOT_CHANNELS_CACHE to a folder that can.', cause: error },
    );
  }
}
