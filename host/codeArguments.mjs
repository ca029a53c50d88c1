import path from 'node:path';

/** Those of VS Code's options that mean something here and take a value, also as a word of its own. */
const WITH_VALUE = new Set([
  'extensionDevelopmentPath',
  'extensionTestsPath',
  'extensions-dir',
  'install-extension',
  'user-data-dir',
]);

/**
 * Reads a command line as VS Code's `code` does. Options that mean nothing in this stand-in
 * (`--no-sandbox`, `--skip-welcome`, …) are accepted and ignored.
 *
 * @param {readonly string[]} argv
 */
export function readCodeArguments(argv) {
  /** @type {Record<string, string[]>} */
  const values = {};
  const open = [];
  for (let index = 0; index < argv.length; index++) {
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(argv[index]) ?? [];
    if (name === undefined) open.push(argv[index]);
    else if (!WITH_VALUE.has(name)) (values[name] ??= []).push(inline ?? '');
    else (values[name] ??= []).push(inline ?? argv[++index] ?? '');
  }
  const absolute = (name) => (values[name] ?? []).map((value) => path.resolve(value));
  return {
    open: open.map((value) => path.resolve(value)).at(0),
    developed: absolute('extensionDevelopmentPath'),
    tests: absolute('extensionTestsPath').at(-1),
    extensions: absolute('extensions-dir').at(-1),
    userData: absolute('user-data-dir').at(-1),
    toInstall: absolute('install-extension'),
    wantsVersion: values.version !== undefined,
  };
}
