import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, openCache } from '../../host/cache.mjs';
import { areDependenciesInstalled } from '../../host/dependencies.mjs';
import { fillOnce } from '../../host/node.mjs';
import { inFolder, ROOT, run } from './programs';

describe('the cache folder', () => {
  it('is the one asked for, else the one of the desktop standard', () => {
    assert.equal(
      cacheFolder({ BOT_CHANNELS_CACHE: '/a', XDG_CACHE_HOME: '/b' }),
      '/a/bot-channel-workbench',
    );
    assert.equal(cacheFolder({ XDG_CACHE_HOME: '/b' }), '/b/bot-channel-workbench');
    assert.match(cacheFolder({}), /\/\.cache\/bot-channel-workbench$/);
  });

  it('is made, and a place where it cannot be is named in one sentence', () =>
    inFolder(async (folder) => {
      await writeFile(path.join(folder, 'file'), '');
      const made = await openCache({ BOT_CHANNELS_CACHE: path.join(folder, 'a', 'b') });
      assert.ok(existsSync(made));
      await assert.rejects(
        openCache({ BOT_CHANNELS_CACHE: path.join(folder, 'file') }),
        /^Problem: The cache folder .* cannot be written: a part of the path is a file\.$/,
      );
    }));
});

describe('a folder that is filled once', () => {
  it('is complete or absent, and leftovers of an interrupted run go', () =>
    inFolder(async (parent) => {
      const folder = path.join(parent, 'vscode');
      await mkdir(path.join(parent, 'vscode.partial-1'));
      await assert.rejects(fillOnce(folder, () => Promise.reject(new Error('interrupted'))));
      assert.equal(existsSync(folder), false);
      await fillOnce(folder, (partial) => writeFile(path.join(partial, 'a'), 'new'));
      assert.deepEqual(await readdir(parent), ['vscode']);
      assert.deepEqual(await readdir(folder), ['a']);
    }));
});

describe('the dependencies', () => {
  const wanted = {
    '': { version: '1.0.0' },
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b': { version: '2.0.0', integrity: 'sha512-b', optional: true },
  };
  const a = { 'node_modules/a': wanted['node_modules/a'] };
  const installed = (packages: object): Promise<boolean> =>
    inFolder(async (root) => {
      await mkdir(path.join(root, 'node_modules'));
      await writeFile(path.join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }));
      const hidden = path.join(root, 'node_modules', '.package-lock.json');
      await writeFile(hidden, JSON.stringify({ packages }));
      return areDependenciesInstalled(root);
    });

  it('are there when npm says that it installed what the lockfile asks for', async () => {
    assert.equal(await installed(a), true);
    assert.equal(await installed({ ...a, 'node_modules/b': wanted['node_modules/b'] }), true);
  });

  it('are not there when one is missing, older or other', async () => {
    assert.equal(await installed({}), false);
    assert.equal(await installed({ 'node_modules/a': { version: '0.9.0' } }), false);
    const other = { version: '1.0.0', integrity: 'sha512-x' };
    assert.equal(await installed({ 'node_modules/a': other }), false);
    assert.equal(await inFolder(areDependenciesInstalled), false);
  });
});

describe('Debian packages', () => {
  const INSTALL = `
    import { Children } from '${ROOT}/host/children.mjs';
    import { Steps } from '${ROOT}/host/steps.mjs';
    import { installDebianPackages } from '${ROOT}/host/debian.mjs';
    const steps = new Steps({ children: new Children() });
    console.log('left:', ...await installDebianPackages(['search'], steps));`;

  /** A machine that has only these commands, each a line of shell. */
  async function machine(folder: string, commands: Record<string, string>): Promise<string> {
    for (const [name, line] of Object.entries(commands)) {
      const file = path.join(folder, name);
      await writeFile(file, `#!/bin/sh\n${line}\n`);
      await chmod(file, 0o755);
    }
    const { output } = await run(['--input-type=module', '-e', INSTALL], { env: { PATH: folder } });
    return output;
  }

  const APT_GET = (folder: string): string => `echo "$@" >> ${folder}/calls
    case "$*" in
      *update*) : > ${folder}/updated;;
      *install*) [ -e ${folder}/updated ] || exit 100; : > ${folder}/rg; /bin/chmod +x ${folder}/rg;;
    esac`;
  /** Asked for as root or through sudo: whichever this test runs as. */
  const SUDO = 'shift; exec "$@"';

  it('are not asked for when they are there', () =>
    inFolder(async (folder) => {
      assert.equal(await machine(folder, { rg: '', 'apt-get': 'exit 1' }), 'left:\n');
    }));

  it('are installed where that is allowed, after an update when the lists are empty', () =>
    inFolder(async (folder) => {
      const output = await machine(folder, { 'apt-get': APT_GET(folder), sudo: SUDO, true: '' });
      assert.match(output, /✓ Installing ripgrep \(.*\)\nleft:\n/);
      const calls = (await readFile(path.join(folder, 'calls'), 'utf8')).trim().split('\n');
      assert.deepEqual(
        calls.map((call) => /update|install/.exec(call)?.[0]),
        ['install', 'update', 'install'],
      );
    }));

  it('are asked for in one line where it is not', () =>
    inFolder(async (folder) => {
      const output = await machine(folder, {});
      assert.match(output, /apt-get install -y --no-install-recommends ripgrep\nleft: search\n$/);
    }));
});
