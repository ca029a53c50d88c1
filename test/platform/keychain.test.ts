import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { accessSync, constants, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const ROOT = path.join(__dirname, '../..');
const TOOLS = ['gnome-keyring-daemon', 'dbus-daemon', 'dbus-send'];

interface Report {
  kind: string;
  reason?: string;
  results: unknown[];
}

const missing =
  process.platform === 'linux' ? TOOLS.filter((tool) => !isInstalled(tool)) : ['Linux'];
const why = missing.length === 0 ? '' : ` (skipped: ${missing.join(', ')} not there)`;

describe(`the keychain helper on a real Secret Service${why}`, function () {
  this.timeout(30_000);
  let dist = '';

  before(async function () {
    if (missing.length > 0) this.skip();
    dist = mkdtempSync(path.join(tmpdir(), 'helper-'));
    await bundleHelper(dist);
  });

  after(() => {
    if (dist !== '') rmSync(dist, { recursive: true, force: true });
  });

  /** Bundles the helper as the extension ships it: one file, keytar's binaries beside it. */
  async function bundleHelper(folder: string): Promise<void> {
    await build({
      entryPoints: [path.join(ROOT, 'src/keychain/helper.ts')],
      outfile: path.join(folder, 'keychainHelper.js'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
    });
    const prebuilds = `prebuilds/${process.platform}-${process.arch}`;
    mkdirSync(path.join(folder, 'prebuilds'));
    cpSync(path.join(ROOT, 'node_modules/keytar', prebuilds), path.join(folder, prebuilds), {
      recursive: true,
    });
  }

  async function probe(
    o: { keyring?: string[]; helper?: string; env?: NodeJS.ProcessEnv },
    ...steps: string[]
  ): Promise<Report> {
    const helper = o.helper ?? path.join(dist, 'keychainHelper.js');
    const script = path.join(__dirname, 'keychainProbe.ts');
    const program = [process.execPath, '--import', 'tsx', script, helper, ...steps];
    const wrapper = [process.execPath, path.join(ROOT, 'host/keyring.mjs')];
    const command = o.keyring ? [...wrapper, ...o.keyring, '--', ...program] : program;
    const { stdout } = await promisify(execFile)(command[0]!, command.slice(1), {
      cwd: ROOT,
      env: { ...process.env, ...o.env },
      timeout: 25_000,
    });
    return JSON.parse(stdout) as Report;
  }

  it('sets, gets, replaces and deletes short and long secrets', async () => {
    const report = await probe(
      { keyring: [] },
      ...['get=a', 'set=a=one', 'get=a', 'set=a=two', 'get=a', 'delete=a', 'get=a', 'delete=a'],
      ...['setLong=b', 'getLong=b', 'delete=b', 'get=b'],
    );
    assert.deepEqual(report, {
      kind: 'keychain',
      results: [
        ...[null, 'done', 'one', 'done', 'two', true, null, false],
        ...['done', true, true, null],
      ],
    });
  });

  it('does not take a locked keyring for an empty one', async () => {
    const report = await probe({ keyring: ['--locked'] }, 'set=a=one', 'get=a');
    assert.deepEqual(report, {
      kind: 'memory',
      reason: 'The keychain is locked; secrets are kept in memory and forgotten at the end.',
      results: ['done', 'one'],
    });
  });

  it('says so when there is no D-Bus', async () => {
    const env = {
      DBUS_SESSION_BUS_ADDRESS: undefined,
      DISPLAY: undefined,
      XDG_RUNTIME_DIR: undefined,
    };
    const report = await probe({ env }, 'get=a');
    assert.equal(report.kind, 'memory');
    assert.match(report.reason!, /^This session has no D-Bus/);
    const gone = await probe({ env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' } });
    assert.match(gone.reason!, /^This session has no D-Bus/);
  });

  it('says so when the native library cannot be loaded', async () => {
    const bare = path.join(dist, 'without', 'prebuilds-near');
    mkdirSync(bare, { recursive: true });
    cpSync(path.join(dist, 'keychainHelper.js'), path.join(bare, 'keychainHelper.js'));
    const report = await probe({ keyring: [], helper: path.join(bare, 'keychainHelper.js') });
    assert.equal(report.kind, 'memory');
    assert.match(report.reason!, /library could not be loaded/);
  });

  it('never says “absent” after the keyring daemon was killed', async () => {
    const { kind, results } = await probe(
      { keyring: [] },
      ...['set=a=one', 'killDaemon', 'get=a', 'set=a=two', 'delete=a'],
    );
    assert.equal(kind, 'keychain');
    for (const result of results.slice(2)) assert.match(String(result), /^HumanError: /);
  });
});

describe(`host/keyring.mjs${why}`, function () {
  this.timeout(30_000);

  function run(...args: string[]): Promise<{ code: number; stdout: string }> {
    return new Promise((resolve) => {
      const wrapper = path.join(ROOT, 'host/keyring.mjs');
      execFile(process.execPath, [wrapper, ...args], { timeout: 25_000 }, (error, stdout) => {
        resolve({ code: error ? Number(error.code) : 0, stdout: stdout.trim() });
      });
    });
  }

  before(function () {
    if (missing.length > 0) this.skip();
  });

  it('hands the exit code on and cleans up', async () => {
    const { code, stdout } = await run('--', '/bin/sh', '-c', 'echo $HOME $KEYRING_PID; exit 7');
    assert.equal(code, 7);
    const [home = '', pid = ''] = stdout.split(' ');
    assert.throws(() => accessSync(home), /ENOENT/);
    assert.throws(() => process.kill(Number(pid), 0), /ESRCH/);
  });

  it('says what a signal did, what is missing and how it is used', async () => {
    assert.equal((await run('--', '/bin/sh', '-c', 'kill -9 $$')).code, 137);
    assert.equal((await run('--', '/nowhere/tool')).code, 127);
    assert.equal((await run('echo')).code, 2);
  });
});

function isInstalled(tool: string): boolean {
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => {
    try {
      accessSync(path.join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
