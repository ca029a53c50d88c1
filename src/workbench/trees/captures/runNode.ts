import * as vscode from 'vscode';
import { wentWell, type ReplayRun } from '../../services/replays';
import type { TreeNode } from '../treeNode';
import { ResultNode } from './resultNode';

/** One replay of a capture: how many answers of which status. */
export class RunNode implements TreeNode {
  constructor(
    private readonly run: ReplayRun,
    private readonly isLatest: boolean,
    readonly parent: TreeNode,
  ) {}

  toItem(): vscode.TreeItem {
    const { run } = this;
    const time = new Date(run.startedAt).toLocaleTimeString();
    const item = new vscode.TreeItem(
      vscode.l10n.t('Replay at {0}', time),
      this.isLatest
        ? vscode.TreeItemCollapsibleState.Expanded
        : vscode.TreeItemCollapsibleState.Collapsed,
    );
    item.id = run.id;
    item.description = describe(run);
    item.tooltip = run.target;
    item.iconPath = iconOf(run);
    item.contextValue = 'run';
    return item;
  }

  children(): TreeNode[] {
    return this.run.results.map((result) => new ResultNode(this.run, result));
  }
}

function iconOf(run: ReplayRun): vscode.ThemeIcon {
  if (run.isStopped) return new vscode.ThemeIcon('circle-slash');
  if (!run.summary) return new vscode.ThemeIcon('loading~spin');
  return wentWell(run)
    ? new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'))
    : new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
}

function describe(run: ReplayRun): string {
  if (!run.summary) {
    return run.isStopped
      ? vscode.l10n.t('stopped after {0}', run.results.length)
      : vscode.l10n.t('{0} answered so far', run.results.length);
  }
  const statuses = Object.entries(run.summary.statuses).map(([status, n]) => `${n} × ${status}`);
  if (run.isStopped) return [vscode.l10n.t('stopped'), ...statuses].join(', ');
  const failed = run.summary.failed > 0 ? [vscode.l10n.t('{0} failed', run.summary.failed)] : [];
  return [...statuses, ...failed].join(', ');
}
