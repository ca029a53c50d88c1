import * as vscode from 'vscode';
import { HumanError, lineOf } from '../base/humanError';
import { COMMANDS, type CommandId } from './ids';
import type { Services } from './services/services';

/** Buttons that take a person straight to the remedy, by the error's code. */
const REMEDIES: Readonly<Record<string, { title: () => string; command: CommandId }>> = {
  NO_SIMULATOR: {
    title: () => vscode.l10n.t('Start Simulator'),
    command: COMMANDS.startSimulator,
  },
  NO_APP: { title: () => vscode.l10n.t('Add the Simulator'), command: COMMANDS.addSimulator },
  SIGNED_OUT: { title: () => vscode.l10n.t('Sign In…'), command: COMMANDS.signIn },
  NO_RECORDER: {
    title: () => vscode.l10n.t('Start Recorder…'),
    command: COMMANDS.startRecorder,
  },
};

/** Shows one sentence with what to do; a bug offers the log instead. */
export async function showError(services: Services, error: unknown): Promise<void> {
  const text = services.redactor.redact(lineOf(error));
  if (!(error instanceof HumanError)) {
    const showLog = vscode.l10n.t('Show Log');
    const message = vscode.l10n.t('Something went wrong in Bot Channel Workbench: {0}', text);
    if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) {
      services.log.show();
    }
    return;
  }
  const remedy = error.code === undefined ? undefined : REMEDIES[error.code];
  if (remedy === undefined) {
    await vscode.window.showErrorMessage(text);
    return;
  }
  if ((await vscode.window.showErrorMessage(text, remedy.title())) === remedy.title()) {
    await vscode.commands.executeCommand(remedy.command);
  }
}
