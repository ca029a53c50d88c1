// Bundles the tests that run inside VS Code, each file for itself, into out/test-vscode/.
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const folder = path.join(root, 'test', 'vscode');
const outdir = path.join(root, 'out', 'test-vscode');

rmSync(outdir, { recursive: true, force: true });
const names = readdirSync(folder).filter((name) => /^index\.ts$|\.test\.ts$/.test(name));
try {
  await build({
    entryPoints: names.map((name) => path.join(folder, name)),
    outdir,
    bundle: true,
    packages: 'external',
    external: ['vscode'],
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
} catch (error) {
  if (!error.errors) console.error(error);
  process.exitCode = 1;
}
