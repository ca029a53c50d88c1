import * as vscode from 'vscode';
import type { RecordingState } from '../../services/recording';
import type { TreeNode } from '../treeNode';

/** The running recorder: where it listens and where it hands deliveries on to. */
export class RecorderNode implements TreeNode {
  constructor(private readonly state: RecordingState) {}

  toItem(): vscode.TreeItem {
    const { url, forward, count } = this.state;
    const item = new vscode.TreeItem(
      vscode.l10n.t('Recording at {0}', url.replace(/^http:\/\//, '')),
    );
    item.id = 'recorder';
    item.description =
      forward === undefined ? `${count}` : `→ ${forward.replace(/^http:\/\//, '')} · ${count}`;
    item.tooltip =
      forward === undefined
        ? vscode.l10n.t('{0} deliveries recorded at {1}', count, url)
        : vscode.l10n.t('{0} deliveries recorded at {1} and handed on to {2}', count, url, forward);
    item.iconPath = new vscode.ThemeIcon('record', new vscode.ThemeColor('charts.red'));
    item.contextValue = 'recorder';
    return item;
  }

  children(): TreeNode[] {
    return [];
  }
}
