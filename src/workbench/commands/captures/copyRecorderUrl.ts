import * as vscode from 'vscode';
import { HumanError } from '../../../base/humanError';
import { COMMANDS } from '../../ids';
import type { Command } from '../command';

/** Copies the URL to point a webhook at. */
export const copyRecorderUrl: Command = {
  id: COMMANDS.copyRecorderUrl,
  async run(services) {
    const { state } = services.recording;
    if (!state) {
      throw new HumanError(vscode.l10n.t('No recorder runs in this window.'), {
        remedy: vscode.l10n.t('Start one first.'),
        kind: 'NO_RECORDER',
      });
    }
    await vscode.env.clipboard.writeText(state.url);
  },
};
