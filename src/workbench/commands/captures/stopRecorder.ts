import * as vscode from 'vscode';
import { COMMANDS } from '../../ids';
import type { Command } from '../command';

/** Stops the recorder; its file stays. */
export const stopRecorder: Command = {
  id: COMMANDS.stopRecorder,
  async run(services) {
    const last = await services.recording.stop();
    if (!last) return;
    vscode.window.setStatusBarMessage(
      last.count === 0
        ? vscode.l10n.t('Nothing came in, so no capture was kept.')
        : vscode.l10n.t(
            'Recorded {0} deliveries in {1}.',
            last.count,
            vscode.workspace.asRelativePath(last.file),
          ),
      5000,
    );
  },
};
