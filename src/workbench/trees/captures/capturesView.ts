import * as vscode from 'vscode';
import { VIEWS } from '../../ids';
import type { Services } from '../../services/services';
import type { TreeNode } from '../treeNode';
import { TreeProvider } from '../treeProvider';
import { CaptureNode } from './captureNode';
import { RecorderNode } from './recorderNode';
import { RunNode } from './runNode';

/** The Captures view: the recorder while it runs, then every capture of the workspace. */
export function registerCapturesView(services: Services): vscode.Disposable {
  const { captures, recording, replays } = services;
  const provider = new TreeProvider(async () => {
    const files = await captures.list();
    const nodes: TreeNode[] = files.map((file) => new CaptureNode(file, services));
    return recording.state ? [new RecorderNode(recording.state), ...nodes] : nodes;
  }, services.clock).refreshOn(captures.onDidChange, recording.onDidChange, replays.onDidChange);
  const view = vscode.window.createTreeView(VIEWS.captures, {
    treeDataProvider: provider,
    showCollapseAll: true,
  });
  const shown = replays.onDidAskToShow(async (run) => {
    const file = { uri: run.capture, name: run.captureName };
    const node = new RunNode(run, true, new CaptureNode(file, services));
    await view.reveal(node, { select: true, focus: true, expand: true });
  });
  const badge = recording.onDidChange(() => {
    const count = recording.state?.count ?? 0;
    view.badge =
      count === 0
        ? undefined
        : { value: count, tooltip: vscode.l10n.t('{0} deliveries recorded', count) };
  });
  return vscode.Disposable.from(view, provider, badge, shown);
}
