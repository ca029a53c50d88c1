import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  COMMANDS,
  DEBUG_TYPE,
  DOCUMENT_SCHEME,
  SETTING_KEYS,
  VIEWS,
} from '../../../src/workbench/ids';

interface Manifest {
  main: string;
  icon: string;
  engines: { vscode: string };
  contributes: {
    commands: { command: string; title: string; category: string }[];
    views: Record<string, { id: string; icon: string }[]>;
    viewsWelcome: { view: string }[];
    menus: Record<string, { command: string; when?: string }[]>;
    configuration: { properties: Record<string, { markdownDescription: string }> };
    debuggers: { type: string }[];
    grammars: { path: string }[];
  };
}

const root = path.resolve(__dirname, '../../..');
const text = readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const nls = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Record<
  string,
  string
>;
const { contributes } = manifest;
const sorted = (values: Iterable<string>): string[] => [...values].sort();

describe('the manifest', () => {
  it('contributes exactly the commands that the code registers', () => {
    assert.deepEqual(
      sorted(contributes.commands.map(({ command }) => command)),
      sorted(Object.values(COMMANDS)),
    );
  });

  it('contributes exactly the settings that the code reads', () => {
    assert.deepEqual(
      sorted(Object.keys(contributes.configuration.properties)),
      sorted(SETTING_KEYS.map((key) => `botChannels.${key}`)),
    );
  });

  it('contributes exactly the views that the code fills', () => {
    const views = Object.values(contributes.views).flatMap((list) => list.map(({ id }) => id));
    assert.deepEqual(sorted(views), sorted(Object.values(VIEWS)));
    for (const { view } of contributes.viewsWelcome) assert.ok(views.includes(view), view);
  });

  it('puts only contributed commands into menus', () => {
    const known = new Set<string>(Object.values(COMMANDS));
    for (const [menu, items] of Object.entries(contributes.menus)) {
      for (const { command } of items) assert.ok(known.has(command), `${menu}: ${command}`);
    }
  });

  it('names the debug type and the document scheme that the code uses', () => {
    assert.deepEqual(
      contributes.debuggers.map(({ type }) => type),
      [DEBUG_TYPE],
    );
    assert.ok(text.includes(`resourceScheme == ${DOCUMENT_SCHEME}`));
  });

  it('has a text for every placeholder and a placeholder for every text', () => {
    const used = [...text.matchAll(/"%([\w.]+)%"|%([\w.]+)%/g)].map(([, a, b]) => a ?? b ?? '');
    assert.deepEqual(sorted(new Set(used)), sorted(Object.keys(nls)));
  });

  it('links from welcome texts only to commands that exist', () => {
    const known = new Set<string>([...Object.values(COMMANDS), 'vscode.openFolder']);
    for (const value of Object.values(nls)) {
      for (const [, command] of value.matchAll(/\(command:([\w.]+)/g)) {
        assert.ok(known.has(command ?? ''), command);
      }
    }
  });

  it('points at files that are there', () => {
    const icons = Object.values(contributes.views).flatMap((list) => list.map(({ icon }) => icon));
    const files = [manifest.icon, ...icons, ...contributes.grammars.map((grammar) => grammar.path)];
    for (const file of files) assert.ok(existsSync(path.join(root, file)), file);
  });

  it('asks for no newer VS Code than its type definitions know', () => {
    const types = JSON.parse(
      readFileSync(path.join(root, 'node_modules/@types/vscode/package.json'), 'utf8'),
    ) as { version: string };
    assert.equal(manifest.engines.vscode, `^${types.version}`);
  });
});
