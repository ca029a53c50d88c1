import * as vscode from 'vscode';
import { VIEWS } from './ids';
import type { ReplayRun } from './services/replays';

/** Says how a whole replay went, with a way to the answers. */
export async function tellOutcome(run: ReplayRun): Promise<void> {
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
          vscode.l10n.t(
            '{0} of {1} replayed exchanges were answered: {2}.',
            answered,
            sent,
            counted,
          ),
          show,
        );
  if (choice === show) await vscode.commands.executeCommand(`${VIEWS.captures}.focus`);
}
