import { availableParallelism } from 'node:os';
import path from 'node:path';

/** What `npm run` leaves in the environment about this project, not about this machine. */
const OF_THIS_PROJECT =
  /^npm_(package_|lifecycle_|command$|config_(local_prefix|ignore_scripts|omit_lockfile|allow_scripts|only$|omit$|include$|production$|global$|loglevel$|silent$))/;

/**
 * Runs npm in a folder that is not this project, with this machine's own settings (registry, proxy,
 * certificates), under the Node given.
 *
 * @param {import('./steps.mjs').Steps} steps
 * @param {readonly string[]} args
 * @param {{ cwd: string, node?: { bin: string, folder: string } }} options
 */
export function runNpm(steps, args, { cwd, node }) {
  const env = { ...process.env };
  for (const name of Object.keys(env)) if (OF_THIS_PROJECT.test(name)) delete env[name];
  if (node) {
    env.PATH = [path.dirname(node.bin), env.PATH].join(path.delimiter);
    // Native modules are compiled against that Node's own headers, so none are downloaded.
    env.npm_config_nodedir = node.folder;
    env.npm_package_config_node_gyp_nodedir = node.folder;
    env.MAKEFLAGS ??= `-j${availableParallelism()}`;
    // An install script that calls npx (node-pty's does, for an editor's sake) downloads nothing.
    env.npm_config_yes = 'false';
  }
  return steps.run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, env });
}

/** Said when a step that downloads fails. */
export const CHECK_NETWORK =
  'Is the npm registry reachable? "npm ping" tells; "npm config get registry" shows which one. Then run it again: it goes on where it stopped.';
