// Packs dist/ into bot-channel-workbench-VERSION.vsix in dist/. Run by `npm run package`.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createVSIX } from '@vscode/vsce';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const packagePath = path.join(root, 'dist', `${name}-${version}.vsix`);

await createVSIX({
  cwd: root,
  packagePath,
  // Everything is bundled; node_modules stays at home.
  dependencies: false,
  skipLicense: false,
  allowMissingRepository: true,
  // There is no public address to rewrite the README's links to.
  rewriteRelativeLinks: false,
});
console.log(`${path.relative(root, packagePath)}: ${statSync(packagePath).size} bytes`);
