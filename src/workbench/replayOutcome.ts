import * as vscode from 'vscode';
import { wentWell, type ReplayRun, type Replays } from './services/replays';

/** Says how a whole replay went, with a way to the answers. */
export async function tellOutcome(replays: Replays, run: ReplayRun): Promise<void> {
  if (!run.summary) return;
  const show = vscode.l10n.t('Show Answers');
  const buttons = run.results.length > 0 ? [show] : [];
  const text = outcome(run);
  const choice =
    run.isStopped || wentWell(run)
      ? await vscode.window.showInformationMessage(text, ...buttons)
      : await vscode.window.showWarningMessage(text, ...buttons);
  if (choice === show) replays.show(run);
}

function outcome({ summary, isStopped }: ReplayRun): string {
  if (!summary) return '';
  const { answered, sent, failed, skipped, statuses } = summary;
  const counted = Object.entries(statuses)
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ');
  if (isStopped) {
    return vscode.l10n.t(
      'The replay was stopped: {0} answered, {1} not.',
      answered,
      failed + skipped,
    );
  }
  if (failed > 0) {
    return vscode.l10n.t('{0} of {1} replayed exchanges got no answer. {2}', failed, sent, counted);
  }
  return vscode.l10n.t(
    '{0} of {1} replayed exchanges were answered: {2}.',
    answered,
    sent,
    counted,
  );
}
