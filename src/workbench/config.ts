import * as vscode from 'vscode';
import type { ContextKeys, Settings } from './ids';

/** One setting's value now; the manifest holds its default. */
export function setting<K extends keyof Settings>(key: K, scope?: vscode.Uri): Settings[K] {
  const value = vscode.workspace.getConfiguration('botChannels', scope).get<Settings[K]>(key);
  if (value === undefined) throw new Error(`the setting botChannels.${key} is not contributed`);
  return value;
}

export function setContext<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
