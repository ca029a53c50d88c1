import * as vscode from 'vscode';
import { COMMANDS } from '../../ids';
import { storeName } from '../../storeName';
import type { Command } from '../command';

/** Says which store holds the secrets, and why it is not the keychain. */
export const showSecrets: Command = {
  id: COMMANDS.showSecrets,
  async run(services) {
    const { store, reason } = await services.secrets.open();
    const sentence = vscode.l10n.t('Secrets are kept in {0}.', storeName(store.kind));
    void vscode.window.showInformationMessage(reason ? `${sentence} ${reason}` : sentence);
    return store.kind;
  },
};
