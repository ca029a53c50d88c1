import * as vscode from 'vscode';
import { VIEWS } from '../ids';
import type { Services } from '../services/services';
import { MessagesViewProvider } from './messagesViewProvider';

export function registerMessagesView(
  services: Services,
  extensionUri: vscode.Uri,
): vscode.Disposable {
  const provider = new MessagesViewProvider({
    extensionUri,
    source: services.tailing,
    log: services.log,
  });
  return vscode.Disposable.from(
    provider,
    vscode.window.registerWebviewViewProvider(VIEWS.messages, provider),
  );
}
