import path from 'node:path';
import { CURRENT, MINIMUM } from '../host/vscode.mjs';

const MINUTES = 60_000;
/** A loaded machine is no reason to fail. */
const TEST_MS = 20_000;

/**
 * @typedef {import('../host/debian.mjs').NeedName} NeedName
 * @typedef {{ name: string, limitMs: number, needs: readonly NeedName[],
 *   likes: readonly NeedName[], vscode: readonly string[], isExclusive: boolean,
 *   command: (report: string) => readonly string[], env?: Record<string, string> }} Suite
 *   `needs` it cannot run without, `likes` its tests skip without; an exclusive suite has the
 *   machine for itself
 */

/**
 * Every suite there is, in the order in which they are run.
 *
 * @param {string} root
 * @param {{ hasKeyring: () => boolean, desktop: boolean }} options
 * @returns {Suite[]}
 */
export function allSuites(root, { hasKeyring, desktop }) {
  const here = (...names) => path.join(root, ...names);
  const mocha = (report, ...files) => [
    ...[process.execPath, here('node_modules', 'mocha', 'bin', 'mocha.js'), '--import=tsx'],
    ...['--timeout', String(TEST_MS), '--reporter', here('test', 'reporter.js')],
    ...['--reporter-option', `report=${report}`, ...files],
  ];
  /** A Secret Service of its own, where there can be one. */
  const withKeyring = (command) =>
    hasKeyring() ? [process.execPath, here('host', 'keyring.mjs'), '--', ...command] : command;

  /** @type {(name: string, minutes: number, more?: Partial<Suite>) => Suite} */
  const node = (name, minutes, more) => ({
    ...{ name, limitMs: minutes * MINUTES, needs: [], likes: [], vscode: [], isExclusive: false },
    command: (report) => mocha(report, `test/${name}/**/*.test.ts`),
    ...more,
  });

  /** @type {(version: string, more?: Partial<Suite>) => Suite} */
  const vscode = (version, more) =>
    node(`vscode-${version}`, 10, {
      needs: ['browser'],
      likes: ['search', 'compiler', 'keyring', 'keychain'],
      vscode: [version],
      isExclusive: true,
      command: (report) =>
        withKeyring([process.execPath, here('test', 'vscode', 'launch.mjs'), version, report]),
      ...more,
    });

  return [
    node('unit', 5),
    node('platform', 5, { likes: ['keyring', 'keychain'] }),
    node('chaos', 10),
    node('runner', 10, { needs: ['browser'], vscode: [MINIMUM], isExclusive: true }),
    vscode(MINIMUM),
    vscode(CURRENT),
    ...(desktop ? [vscode('desktop', { needs: [], likes: ['keyring'], vscode: [] })] : []),
    node('ui', 15, {
      needs: ['browser'],
      likes: ['compiler', 'keyring', 'keychain'],
      vscode: [CURRENT],
      isExclusive: true,
      command: (report) => withKeyring(mocha(report, 'test/ui/**/*.test.ts')),
    }),
  ];
}
