import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

const ID = 'bot-channels.bot-channel-workbench';

describe('the packed extension', () => {
  it('is installed, in the version that was built', () => {
    const root = path.resolve(__dirname, '../..');
    const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension, `${ID} is not there`);
    assert.equal((extension.packageJSON as { version: string }).version, manifest.version);
    assert.notEqual(extension.extensionPath, root, 'it is the .vsix, not the folder');
  });

  it('activates and registers every command that its manifest promises', async () => {
    const extension = vscode.extensions.getExtension(ID);
    assert.ok(extension);
    await extension.activate();
    const { contributes } = extension.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    const promised = contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      promised.filter((command) => !registered.has(command)),
      [],
    );
  });
});
