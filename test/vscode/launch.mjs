// Runs the tests inside VS Code, through @vscode/test-electron, against the packed extension.
//
//   node test/vscode/launch.mjs VERSION REPORT
//
// VERSION is one of host/vscode.mjs, or "desktop": then the current desktop VS Code is downloaded.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  downloadAndUnzipVSCode,
  resolveCliArgsFromVSCodeExecutablePath,
  runTests,
} from '@vscode/test-electron';

const [version, report] = process.argv.slice(2);
const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const out = path.join(root, 'out');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const vsix = path.join(root, 'dist', `${manifest.name}-${manifest.version}.vsix`);

/** The executable, and how its command line is called. */
async function findVSCode() {
  if (version !== 'desktop') {
    const code = path.join(root, 'host', 'code.mjs');
    return { executable: code, cli: [process.execPath, code] };
  }
  const executable = await downloadAndUnzipVSCode({ cachePath: path.join(out, 'desktop') });
  const [cli, ...args] = resolveCliArgsFromVSCodeExecutablePath(executable);
  return { executable, cli: [cli, ...args.filter((arg) => !arg.includes('-dir='))] };
}

// Whoever is told to end, ends by VS Code's ending, and cleans up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

const base = mkdtempSync(path.join(tmpdir(), 'bot-channels-'));
const folders = [
  ...['--extensions-dir', path.join(base, 'extensions')],
  ...['--user-data-dir', path.join(base, 'user-data')],
];
try {
  process.env.BOT_CHANNELS_VSCODE = version;
  const { executable, cli } = await findVSCode();
  const [command, ...args] = [...cli, '--install-extension', vsix, ...folders];
  execFileSync(command, args, { stdio: 'inherit' });
  // Tests may write into their workspace.
  const workspace = path.join(base, 'handover-bot');
  cpSync(path.join(root, 'examples', 'handover-bot'), workspace, { recursive: true });
  mkdirSync(path.join(out, 'logs'), { recursive: true });
  await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: path.join(root, 'test', 'vscode', 'harness'),
    extensionTestsPath: path.join(out, 'test-vscode', 'index.js'),
    launchArgs: [workspace, ...folders],
    extensionTestsEnv: {
      BOT_CHANNELS_TEST_REPORT: report,
      BOT_CHANNELS_VSCODE_LIMIT: '540000',
      BOT_CHANNELS_VSCODE_SCREENSHOT: path.join(out, 'logs', `vscode-${version}.png`),
    },
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(base, { recursive: true, force: true, maxRetries: 5 });
}
