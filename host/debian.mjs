import { findChromium } from './browser.mjs';
import { findCommand } from './commands.mjs';
import { withLock } from './lock.mjs';

/**
 * What this project needs of the machine beyond Node and npm, each with Debian's packages for it and
 * how to see that it is there.
 *
 * @typedef {{ name: string, packages: readonly string[], isThere: (probe: Probe) => Promise<boolean> }} Need
 * @typedef {{ command: (name: string) => boolean, library: (name: string) => Promise<boolean>,
 *   chromium: () => boolean }} Probe
 * @type {Record<'browser' | 'search' | 'keyring' | 'keychain' | 'compiler', Need>}
 */
export const NEEDS = {
  browser: {
    name: 'Chromium, which shows VS Code to the tests',
    packages: ['chromium'],
    isThere: async (probe) => probe.chromium(),
  },
  search: {
    name: `ripgrep, which VS Code finds files with`,
    packages: ['ripgrep'],
    isThere: async (probe) => probe.command('rg'),
  },
  keyring: {
    name: 'GNOME Keyring and D-Bus, a Secret Service for the tests',
    packages: ['gnome-keyring', 'dbus'],
    isThere: async (probe) =>
      ['gnome-keyring-daemon', 'dbus-daemon', 'dbus-send'].every(probe.command),
  },
  keychain: {
    name: 'libsecret, which the keychain is reached through',
    packages: ['libsecret-1-0'],
    isThere: (probe) => probe.library('libsecret-1.so.0'),
  },
  compiler: {
    name: 'a compiler, for those parts of VS Code that npm has no binaries of',
    packages: ['python3', 'make', 'g++'],
    isThere: async (probe) => ['python3', 'make', 'g++'].every(probe.command),
  },
};

/** @typedef {keyof typeof NEEDS} NeedName */

/** @returns {Probe} */
function machine(steps) {
  const libraries = () =>
    steps.run(findCommand('ldconfig') ?? '/sbin/ldconfig', ['-p']).catch(() => '');
  return {
    command: (name) => findCommand(name) !== undefined,
    library: async (name) => (await libraries()).includes(name),
    chromium: () => findChromium() !== undefined,
  };
}

/**
 * @param {readonly NeedName[]} names
 * @param {Probe} probe
 */
async function missingOf(names, probe) {
  const found = await Promise.all(names.map((name) => NEEDS[name].isThere(probe)));
  return names.filter((_, index) => !found[index]);
}

/** How this user may call apt-get, or undefined. */
async function aptGet(steps) {
  if (!findCommand('apt-get')) return undefined;
  if (process.getuid?.() === 0) return ['apt-get'];
  const sudo = findCommand('sudo');
  const isAllowed =
    sudo &&
    (await steps.run(sudo, ['-n', 'true']).then(
      () => true,
      () => false,
    ));
  return isAllowed ? [sudo, '-n', 'apt-get'] : undefined;
}

async function install(packages, apt, steps) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args) => {
    const [command, ...rest] = [...apt, '-o', 'DPkg::Lock::Timeout=300', '-q', ...args];
    return steps.run(command, rest, { env });
  };
  const get = () => run('install', '-y', '--no-install-recommends', ...packages);
  // The lists of a new machine are empty and of an old one out of date: then, and only then, update.
  await get().catch(async () => {
    await run('update');
    await get();
  });
}

/** The one line that a person can run where this program may not. */
export function commandFor(names) {
  const packages = names.flatMap((name) => NEEDS[name].packages).join(' ');
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages}`;
}

/**
 * Installs what is missing where that is allowed (root, or sudo without a password), else says which
 * line to run. Nothing here is fatal: what cannot be had is returned.
 *
 * @param {readonly NeedName[]} names
 * @param {import('./steps.mjs').Steps} steps
 * @returns {Promise<readonly NeedName[]>} what is still missing
 */
export async function installDebianPackages(names, steps) {
  const probe = machine(steps);
  const missing = await missingOf(names, probe);
  if (missing.length === 0) return [];
  const apt = await aptGet(steps);
  if (apt) {
    const packages = missing.flatMap((name) => NEEDS[name].packages);
    await steps
      .step(`Installing ${packages.join(', ')}`, () =>
        withLock('apt-get', () => install(packages, apt, steps)),
      )
      .catch((error) => steps.say(`${error.tail ?? ''}\n${error.message}`));
  }
  const left = await missingOf(missing, probe);
  if (left.length > 0) {
    const names = left.map((name) => NEEDS[name].name).join('; ');
    steps.say(`! Missing: ${names}. On Debian and Ubuntu:\n    ${commandFor(left)}`);
  }
  return left;
}
