import * as vscode from 'vscode';
import { VIEWS } from '../../ids';
import type { Services } from '../../services/services';
import { storeName } from '../../storeName';
import { TreeProvider } from '../treeProvider';
import { AppNode } from './appNode';

/** The Apps view: every app with the state of its session. */
export function registerAppsView(services: Services): vscode.Disposable {
  const { apps, authorizer, simulator } = services;
  const provider = new TreeProvider(() => {
    tellStore().catch((error: unknown) => services.log.error(String(error)));
    return apps.list().map((app) => new AppNode(app, services));
  }, services.clock).refreshOn(apps.onDidChange, authorizer.onDidChange, simulator.onDidChange);
  const view = vscode.window.createTreeView(VIEWS.apps, {
    treeDataProvider: provider,
    showCollapseAll: true,
  });

  /** Says above the apps when secrets are not in the keychain; silence means that they are. */
  const tellStore = async (): Promise<void> => {
    if (apps.list().length === 0) {
      // A message would hide the welcome text.
      delete view.message;
      return;
    }
    const { store, reason } = await services.secrets.open();
    if (reason === undefined) delete view.message;
    else
      view.message = `${vscode.l10n.t('Secrets are kept in {0}.', storeName(store.kind))} ${reason}`;
  };
  return vscode.Disposable.from(view, provider);
}
