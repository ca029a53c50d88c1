import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/**
 * The path of a command, as the shell's `command -v` finds it.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | undefined}
 */
export function findCommand(name, env = process.env) {
  for (const folder of (env.PATH ?? '').split(path.delimiter)) {
    const file = path.resolve(folder, name);
    try {
      accessSync(file, constants.X_OK);
      if (folder !== '' && statSync(file).isFile()) return file;
    } catch {
      // The next folder may have it.
    }
  }
  return undefined;
}
