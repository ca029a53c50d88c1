import * as vscode from 'vscode';
import { HumanError, lineOf } from '../base/humanError';
import { COMMANDS, type CommandId } from './ids';
import type { Services } from './services/services';

/** A button that takes a person straight to the remedy. */
interface Remedy {
  readonly title: string;
  readonly command: CommandId | 'workbench.action.openSettings' | 'vscode.openFolder';
  readonly argument?: string;
}

function remediesOf(kind: string | undefined): Remedy[] {
  const startSimulator = {
    title: vscode.l10n.t('Start Simulator'),
    command: COMMANDS.startSimulator,
  };
  switch (kind) {
    case 'NO_SIMULATOR':
      return [startSimulator];
    case 'SECRET_UNKNOWN':
      return [
        startSimulator,
        { title: vscode.l10n.t('Set Secret…'), command: COMMANDS.setCaptureSecret },
      ];
    case 'NO_APP':
      return [{ title: vscode.l10n.t('Add the Simulator'), command: COMMANDS.addSimulator }];
    case 'SIGNED_OUT':
      return [{ title: vscode.l10n.t('Sign In…'), command: COMMANDS.signIn }];
    case 'NO_RECORDER':
      return [{ title: vscode.l10n.t('Start Recorder…'), command: COMMANDS.startRecorder }];
    case 'NO_FOLDER':
      return [{ title: vscode.l10n.t('Open Folder…'), command: 'vscode.openFolder' }];
    case 'BAD_FOLDER':
      return [
        {
          title: vscode.l10n.t('Open Settings'),
          command: 'workbench.action.openSettings',
          argument: 'botChannels.captures.folder',
        },
      ];
    case undefined:
    default:
      return [];
  }
}

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
  const remedies = remediesOf(error.kind);
  const titles = remedies.map(({ title }) => title);
  const choice = await vscode.window.showErrorMessage(text, ...titles);
  const remedy = remedies.find(({ title }) => title === choice);
  if (!remedy) return;
  await vscode.commands.executeCommand(
    remedy.command,
    ...(remedy.argument === undefined ? [] : [remedy.argument]),
  );
}
