import { realpathSync } from 'node:fs';
import { findCommand } from './commands.mjs';

const NAMES = ['code', 'code-insiders', 'codium'];

/**
 * The `code` of a desktop VS Code that can show a window here, or undefined. The `code` in a remote
 * window's terminal is another program of the same name: it cannot develop extensions.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export function findDesktopCode(env = process.env) {
  const hasDisplay = process.platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY;
  // On Linux VS Code refuses to run as root.
  const isRefused = process.platform === 'linux' && process.getuid?.() === 0;
  if (!hasDisplay || isRefused) return undefined;
  return NAMES.map((name) => findCommand(name, env)).find(
    (file) => file !== undefined && !/[\\/]remote-cli[\\/]/.test(realpathSync(file)),
  );
}
