import * as vscode from 'vscode';
import { HumanError } from '../../../base/humanError';
import { COMMANDS, VIEWS } from '../../ids';
import type { ReplayRun } from '../../services/replays';
import type { Command } from '../command';
import { pickCapture } from '../pick';
import { replayWithProgress } from './replayWithProgress';

/** Replays a whole capture in order; the answers show in the tree. */
export const replayCapture: Command = {
  id: COMMANDS.replayCapture,
  async run(services, argument) {
    const file = await pickCapture(services, argument);
    const { entries } = await services.captures.load(file.uri);
    if (entries.length === 0) {
      throw new HumanError(vscode.l10n.t('The capture “{0}” is empty.', file.name), {
        remedy: vscode.l10n.t('Record a delivery first.'),
      });
    }
    const run = await replayWithProgress(services, file, entries);
    void tellOutcome(run);
    return run.summary;
  },
};

async function tellOutcome(run: ReplayRun): Promise<void> {
  if (!run.summary) return;
  const { answered, sent, failed, statuses } = run.summary;
  const counted = Object.entries(statuses)
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ');
  const show = vscode.l10n.t('Show Answers');
  const choice =
    failed > 0
      ? await vscode.window.showWarningMessage(
          vscode.l10n.t('{0} of {1} replayed exchanges got no answer. {2}', failed, sent, counted),
          show,
        )
      : await vscode.window.showInformationMessage(
          vscode.l10n.t('{0} of {1} replayed exchanges were answered: {2}.', answered, sent, counted),
          show,
        );
  if (choice === show) await vscode.commands.executeCommand(`${VIEWS.captures}.focus`);
}
