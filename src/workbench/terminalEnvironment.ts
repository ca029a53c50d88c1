import * as vscode from 'vscode';
import { environmentOf, vaultOf, type PracticeDetails } from './services/practiceDetails';
import type { Services } from './services/services';

/**
 * While a simulator is known, new terminals carry its environment, so that a bot started in one
 * (by hand or by F5) practises without a file that holds its secrets. Nothing of it is kept on disk.
 */
export function registerTerminalEnvironment(
  services: Services,
  collection: vscode.EnvironmentVariableCollection,
): vscode.Disposable {
  collection.persistent = false;
  collection.description = new vscode.MarkdownString(
    vscode.l10n.t('Lets a bot talk to the simulator of Bot Channel Workbench.'),
  );
  const apply = (details: PracticeDetails | undefined): void => {
    collection.clear();
    services.secrets.usePractice(details ? vaultOf(details) : new Map());
    if (!details) return;
    for (const [name, value] of Object.entries(environmentOf(details))) {
      collection.replace(name, value);
    }
  };
  const listener = services.simulator.onDidChange(apply);
  return vscode.Disposable.from(listener, {
    dispose: () => collection.clear(),
  });
}
