import * as vscode from 'vscode';
import type { AppProfile } from '../../../apps';
import type { SessionState } from '../../../authorize';
import type { Services } from '../../services/services';
import type { TreeNode } from '../treeNode';
import { FactNode } from './factNode';
import { SessionNode } from './sessionNode';

/** One app and, at a glance, who is signed in to it. */
export class AppNode implements TreeNode {
  constructor(
    readonly app: AppProfile,
    private readonly services: Services,
  ) {}

  toItem(): vscode.TreeItem {
    const state = this.services.authorizer.state(this.app.id);
    const isActive = this.services.apps.active?.id === this.app.id;
    const item = new vscode.TreeItem(this.app.name, vscode.TreeItemCollapsibleState.Expanded);
    item.id = this.app.id;
    item.description = describe(state);
    item.iconPath = iconOf(this.app, state, isActive);
    item.contextValue = ['app', state.kind === 'signedIn' ? 'signedIn' : 'signedOut'].join(' ');
    item.tooltip = `${this.app.name}\n${this.app.server}\n${describe(state)}`;
    item.accessibilityInformation = {
      label: isActive
        ? vscode.l10n.t('{0}, active app, {1}', this.app.name, describe(state))
        : vscode.l10n.t('{0}, app, {1}', this.app.name, describe(state)),
    };
    return item;
  }

  children(): TreeNode[] {
    const { app } = this;
    return [
      new SessionNode(app, this.services),
      new FactNode(`${app.id}/server`, vscode.l10n.t('Server'), app.server, 'server'),
      new FactNode(`${app.id}/client`, vscode.l10n.t('Client ID'), app.clientId, 'key'),
      new FactNode(
        `${app.id}/redirect`,
        vscode.l10n.t('Redirect URI'),
        app.redirectUris[0] ?? '',
        'link',
        app.redirectUris.join('\n'),
      ),
    ];
  }
}

function describe(state: SessionState): string {
  switch (state.kind) {
    case 'signedOut':
      return vscode.l10n.t('signed out');
    case 'signingIn':
      return vscode.l10n.t('waiting for the browser…');
    case 'signedIn':
      return state.person.name;
    case 'failed':
      return state.problem.message;
  }
}

function iconOf(app: AppProfile, state: SessionState, isActive: boolean): vscode.ThemeIcon {
  if (state.kind === 'failed') {
    return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  }
  if (state.kind === 'signingIn') return new vscode.ThemeIcon('loading~spin');
  const name = app.environment === 'simulator' ? 'beaker' : 'plug';
  const color = isActive && state.kind === 'signedIn' ? 'testing.iconPassed' : undefined;
  return color === undefined
    ? new vscode.ThemeIcon(name)
    : new vscode.ThemeIcon(name, new vscode.ThemeColor(color));
}
