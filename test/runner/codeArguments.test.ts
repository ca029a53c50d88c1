import assert from 'node:assert/strict';
import { readCodeArguments } from '../../host/codeArguments.mjs';

describe('the command line of the stand-in for `code`', () => {
  it('is read as test-electron writes it', () => {
    const options = readCodeArguments([
      ...['/folder', '--extensions-dir', '/extensions', '--no-sandbox', '--skip-welcome'],
      ...['--extensionTestsPath=/tests/index.js', '--extensionDevelopmentPath=/one'],
      ...['--extensionDevelopmentPath=/two=2', '--user-data-dir=/data'],
    ]);
    assert.deepEqual(options, {
      open: '/folder',
      developed: ['/one', '/two=2'],
      tests: '/tests/index.js',
      extensions: '/extensions',
      userData: '/data',
      toInstall: [],
      wantsVersion: false,
    });
  });

  it('makes paths absolute and takes several extensions to install', () => {
    const options = readCodeArguments(['--install-extension', 'a.vsix', '--install-extension=b']);
    assert.deepEqual(
      options.toInstall.map((file) => file.startsWith('/')),
      [true, true],
    );
  });
});
