import * as vscode from 'vscode';
import { COMMANDS } from '../../ids';
import type { Command } from '../command';
import { pickApp } from '../pick';

/** Revokes the session and forgets its tokens. */
export const signOut: Command = {
  id: COMMANDS.signOut,
  async run(services, argument) {
    const app = await pickApp(services, argument);
    if (services.tailing.appId === app.id) services.tailing.stop();
    await vscode.window.withProgress({ location: { viewId: 'botChannels.apps' } }, () =>
      services.authorizer.signOut(app.id),
    );
  },
};
