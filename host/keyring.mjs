// Runs a command with a real Secret Service of its own (GNOME Keyring on a private D-Bus), so that
// the keychain can be tested without a desktop and without touching anybody's keyring.
//
//   node host/keyring.mjs [--locked] -- command args…
//
// --locked leaves the keyring locked, as it is after a login without a password. The command finds
// the daemon's process id in KEYRING_PID. Its exit code is handed on (128 + n after signal n). Needs
// gnome-keyring-daemon, dbus-daemon and dbus-send; exits 127 and says so when one is missing.
// HOME moves: give tools by absolute paths.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { constants as osConstants, homedir, tmpdir } from 'node:os';
import path from 'node:path';

const PASSWORD = 'a keyring for tests';
const PATIENCE_MS = 10_000;
/** Unix socket paths end at 108 characters, so a deep TMPDIR will not do. */
const LONGEST_BASE = 60;

function find(tool) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, tool);
    try {
      accessSync(file, constants.X_OK);
      return path.resolve(file);
    } catch {
      // The next folder may have it.
    }
  }
  throw Object.assign(new Error(`${tool} is not installed.`), { exitCode: 127 });
}

function privateEnvironment(base) {
  const env = { ...process.env };
  for (const name of Object.keys(env)) {
    if (/^(DBUS_|GNOME_KEYRING_|DISPLAY$|WAYLAND_DISPLAY$|XDG_.*_HOME$)/.test(name))
      delete env[name];
  }
  const runtime = path.join(base, 'run');
  const home = path.join(base, 'home');
  for (const folder of [runtime, home]) mkdirSync(folder, { mode: 0o700 });
  return {
    ...env,
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${path.join(runtime, 'bus')}`,
    // Caches stay where they are: nothing is to be downloaded or built again for a moved HOME.
    XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'),
    npm_config_cache: process.env.npm_config_cache ?? path.join(homedir(), '.npm'),
  };
}

async function until(what, condition) {
  const end = Date.now() + PATIENCE_MS;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`${what} did not happen within ${PATIENCE_MS} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', resolve));
}

async function stop(child) {
  if (child?.pid === undefined) return;
  child.kill('SIGTERM');
  const impatient = setTimeout(() => child.kill('SIGKILL'), 2_000);
  await ended(child);
  clearTimeout(impatient);
}

/** All processes here are direct children, so that all of them can be ended and waited for. */
class Keyring {
  constructor(base) {
    this.tools = {
      bus: find('dbus-daemon'),
      send: find('dbus-send'),
      keyring: find('gnome-keyring-daemon'),
    };
    this.env = privateEnvironment(base);
  }

  async start(locked) {
    const { env, tools } = this;
    const address = env.DBUS_SESSION_BUS_ADDRESS;
    const socket = address.slice('unix:path='.length);
    this.bus = spawn(tools.bus, ['--session', '--nofork', '--nopidfile', `--address=${address}`], {
      env,
      stdio: 'ignore',
    });
    this.bus.on('error', () => undefined);
    await until('The start of D-Bus', () => existsSync(socket));
    await this.unlock(PASSWORD);
    if (!locked) return;
    // A wrong password is no error to the daemon: it answers, and the keyring stays locked.
    await until('A login keyring', () =>
      existsSync(path.join(env.HOME, '.local/share/keyrings/login.keyring')),
    );
    await stop(this.daemon);
    await until('The end of the first daemon', () => !this.isOwned());
    await this.unlock(`not ${PASSWORD}`);
  }

  async unlock(password) {
    this.daemon = spawn(this.tools.keyring, ['--foreground', '--unlock', '--components=secrets'], {
      env: this.env,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    this.daemon.on('error', () => undefined);
    this.daemon.stdin.on('error', () => undefined);
    this.daemon.stdin.end(password);
    await until('The start of the keyring', () => this.isOwned());
  }

  /** Asking is not starting: the bus would start a second daemon for any message to the service. */
  isOwned() {
    const asked = spawnSync(
      this.tools.send,
      [
        ...['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/'],
        ...['org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets'],
      ],
      { env: this.env, encoding: 'utf8', timeout: PATIENCE_MS },
    );
    return asked.stdout?.includes('true') ?? false;
  }

  /** Runs the command with this terminal; resolves to its exit code. */
  run([command, ...args]) {
    return new Promise((resolve) => {
      const env = { ...this.env, KEYRING_PID: String(this.daemon.pid) };
      this.command = spawn(command, args, { env, stdio: 'inherit' });
      this.command.on('error', (error) => {
        console.error(`${command}: ${error.message}`);
        resolve(error.code === 'ENOENT' ? 127 : 126);
      });
      this.command.on('exit', (code, signal) =>
        resolve(code ?? 128 + (osConstants.signals[signal] ?? 0)),
      );
    });
  }

  async dispose() {
    await stop(this.daemon);
    await stop(this.bus);
  }
}

async function main(args) {
  const end = args.indexOf('--');
  const options = args.slice(0, Math.max(end, 0));
  const command = args.slice(end + 1);
  if (end < 0 || command.length === 0 || options.some((option) => option !== '--locked')) {
    console.error('Usage: node host/keyring.mjs [--locked] -- command args…');
    return 2;
  }
  const temporary = tmpdir().length > LONGEST_BASE ? '/tmp' : tmpdir();
  const base = mkdtempSync(path.join(temporary, 'keyring-'));
  let keyring;
  let signalled;
  const forward = (signal) => {
    signalled = signal;
    keyring?.command?.kill(signal);
  };
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  try {
    keyring = new Keyring(base);
    await keyring.start(options.includes('--locked'));
    if (signalled) return 128 + osConstants.signals[signalled];
    return await keyring.run(command);
  } catch (error) {
    console.error(error.message);
    return error.exitCode ?? 125;
  } finally {
    await keyring?.dispose();
    rmSync(base, { recursive: true, force: true, maxRetries: 5 });
  }
}

process.exitCode = await main(process.argv.slice(2));
