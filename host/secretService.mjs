import { existsSync } from 'node:fs';
import path from 'node:path';
import { findCommand } from './commands.mjs';

const NAME = 'org.freedesktop.secrets';

/** Ways to ask the session bus whether somebody owns the name, without waking anybody up. */
const QUESTIONS = [
  [
    ...['dbus-send', '--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/'],
    ...['org.freedesktop.DBus.NameHasOwner', `string:${NAME}`],
  ],
  [
    ...['gdbus', 'call', '--session', '--dest', 'org.freedesktop.DBus', '--object-path', '/'],
    ...['--method', 'org.freedesktop.DBus.NameHasOwner', NAME],
  ],
  [
    ...['busctl', '--user', 'call', 'org.freedesktop.DBus', '/', 'org.freedesktop.DBus'],
    ...['NameHasOwner', 's', NAME],
  ],
];

/**
 * Whether a Secret Service (GNOME Keyring, KWallet, KeePassXC) runs in this session.
 *
 * @param {import('./steps.mjs').Steps} steps
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function hasSecretService(steps, env = process.env) {
  if (process.platform !== 'linux') return true;
  const isBusThere =
    env.DBUS_SESSION_BUS_ADDRESS ||
    (env.XDG_RUNTIME_DIR && existsSync(path.join(env.XDG_RUNTIME_DIR, 'bus')));
  if (!isBusThere) return false;
  for (const [command, ...args] of QUESTIONS) {
    if (!findCommand(command)) continue;
    const answer = await steps.run(command, args, { limitMs: 5_000 }).catch(() => undefined);
    if (answer !== undefined) return answer.includes('true');
  }
  return false;
}
