import * as vscode from 'vscode';
import type { ReplayRun } from '../../services/replays';
import type { TreeNode } from '../treeNode';
import { ResultNode } from './resultNode';

/** One replay of a capture: how many answers of which status. */
export class RunNode implements TreeNode {
  constructor(
    private readonly run: ReplayRun,
    private readonly isLatest: boolean,
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
    item.iconPath = run.summary
      ? new vscode.ThemeIcon(
          run.summary.failed > 0 ? 'error' : 'pass',
          new vscode.ThemeColor(
            run.summary.failed > 0 ? 'testing.iconFailed' : 'testing.iconPassed',
          ),
        )
      : new vscode.ThemeIcon('loading~spin');
    item.contextValue = 'run';
    return item;
  }

  children(): TreeNode[] {
    return this.run.results.map((result) => new ResultNode(this.run, result));
  }
}

function describe(run: ReplayRun): string {
  if (!run.summary) return vscode.l10n.t('{0} answered so far', run.results.length);
  const statuses = Object.entries(run.summary.statuses).map(([status, n]) => `${n} × ${status}`);
  const failed = run.summary.failed > 0 ? [vscode.l10n.t('{0} failed', run.summary.failed)] : [];
  return [...statuses, ...failed].join(', ');
}
