import * as vscode from 'vscode';
import type { StoreKind } from '../keychain';

export function storeName(kind: StoreKind): string {
  switch (kind) {
    case 'keychain':
      return vscode.l10n.t('the keychain of the operating system');
    case 'secretStorage':
      return vscode.l10n.t('VS Code’s secret storage');
    case 'memory':
      return vscode.l10n.t('memory, until this window closes');
  }
}
