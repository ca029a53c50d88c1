import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the secret store', () => {
  it('is the keychain where a Secret Service runs, else VS Code’s own', async () => {
    const kind = await vscode.commands.executeCommand('botChannels.secrets.show');
    const hasSecretService = process.env.DBUS_SESSION_BUS_ADDRESS !== undefined;
    assert.equal(kind, hasSecretService ? 'keychain' : 'secretStorage');
  });
});
