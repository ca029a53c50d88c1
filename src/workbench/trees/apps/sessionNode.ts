import * as vscode from 'vscode';
import type { AppProfile } from '../../../apps';
import { COMMANDS } from '../../ids';
import type { Services } from '../../services/services';
import type { TreeNode } from '../treeNode';

/** Who is signed in, or what to do about it. */
export class SessionNode implements TreeNode {
  constructor(
    private readonly app: AppProfile,
    private readonly services: Services,
  ) {}

  toItem(): vscode.TreeItem {
    const item = this.draw();
    item.id = `${this.app.id}/session`;
    return item;
  }

  private draw(): vscode.TreeItem {
    const state = this.services.authorizer.state(this.app.id);
    switch (state.kind) {
      case 'signedIn': {
        const item = row(vscode.l10n.t('Signed in as {0}', state.person.name), 'account');
        const { extensionNumber } = state.person;
        if (extensionNumber !== undefined) {
          item.description = vscode.l10n.t('ext. {0}', extensionNumber);
        }
        item.tooltip = vscode.l10n.t('Permissions: {0}', state.scope);
        return item;
      }
      case 'signingIn':
        return row(vscode.l10n.t('Waiting for the browser…'), 'loading~spin');
      case 'signedOut':
        return this.withSignIn(row(vscode.l10n.t('Signed out'), 'account'));
      case 'failed': {
        const item = row(state.problem.message, 'warning');
        item.description = state.problem.remedy;
        item.tooltip = state.problem.toLine();
        return this.withSignIn(item);
      }
    }
  }

  private withSignIn(item: vscode.TreeItem): vscode.TreeItem {
    item.command = {
      command: COMMANDS.signIn,
      title: vscode.l10n.t('Sign In…'),
      arguments: [this.app.id],
    };
    return item;
  }

  children(): TreeNode[] {
    return [];
  }
}

function row(label: string, icon: string): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.iconPath = new vscode.ThemeIcon(icon);
  return item;
}
