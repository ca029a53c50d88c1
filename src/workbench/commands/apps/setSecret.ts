import * as vscode from 'vscode';
import { COMMANDS } from '../../ids';
import { orCancel, type Command } from '../command';
import { pickApp } from '../pick';

/** Keeps the app's client secret in the secret store. */
export const setSecret: Command = {
  id: COMMANDS.setSecret,
  async run(services, argument) {
    const app = await pickApp(services, argument);
    const secret = orCancel(
      await vscode.window.showInputBox({
        title: vscode.l10n.t('Client Secret of “{0}”', app.name),
        prompt: vscode.l10n.t('From the app’s Credentials in the developer console'),
        password: true,
        ignoreFocusOut: true,
        validateInput: (text) =>
          text.trim() === '' ? vscode.l10n.t('Enter the client secret.') : undefined,
      }),
    );
    await services.authorizer.setCredential(app.id, 'clientSecret', secret.trim());
    if (app.isPublicClient) await services.apps.update({ ...app, isPublicClient: false });
  },
};
