import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';

const root = path.resolve(__dirname, '../..');

describe('l10n/bundle.l10n.json', () => {
  it('holds every text of the sources; `npm run l10n` writes it anew', async function () {
    // The parser reads some hundred files.
    this.timeout(60_000);
    const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => ({
        extension: '.ts',
        contents: readFileSync(path.join(root, 'src', name), 'utf8'),
      }));
    const wanted = await getL10nJson(files);
    const file = path.join(root, 'l10n', 'bundle.l10n.json');
    const bundle = JSON.parse(readFileSync(file, 'utf8')) as typeof wanted;
    assert.deepEqual(Object.keys(bundle).sort(), Object.keys(wanted).sort());
  });
});
