import * as vscode from 'vscode';
import { COMMANDS } from '../../ids';
import type { Command } from '../command';

/** Starts the simulator, or says where one runs already. */
export const startSimulator: Command = {
  id: COMMANDS.startSimulator,
  async run(services) {
    const details = await vscode.window.withProgress(
      { location: { viewId: 'botChannels.apps' } },
      () => services.simulator.start(),
    );
    vscode.window.setStatusBarMessage(
      vscode.l10n.t('The simulator answers at {0}.', details.server),
      5000,
    );
    return details.server;
  },
};
