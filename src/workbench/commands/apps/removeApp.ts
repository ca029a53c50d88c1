import * as vscode from 'vscode';
import { COMMANDS } from '../../ids';
import { Cancelled, type Command } from '../command';
import { pickApp } from '../pick';

/** Removes an app with its session and its secrets, after asking. */
export const removeApp: Command = {
  id: COMMANDS.removeApp,
  async run(services, argument) {
    const app = await pickApp(services, argument);
    const remove = vscode.l10n.t('Remove');
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t('Remove “{0}”?', app.name),
      {
        modal: true,
        detail: vscode.l10n.t(
          'Its session ends and its secrets are deleted here. The app in the developer console stays.',
        ),
      },
      remove,
    );
    if (choice !== remove) throw new Cancelled('kept');
    if (services.tailing.appId === app.id) services.tailing.stop();
    await services.authorizer.signOut(app.id);
    await services.authorizer.forget(app.id);
    await services.apps.remove(app.id);
  },
};
