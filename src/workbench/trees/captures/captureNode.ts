import * as vscode from 'vscode';
import { lineOf } from '../../../base/humanError';
import type { CaptureFile } from '../../services/captureFiles';
import type { Services } from '../../services/services';
import type { TreeNode } from '../treeNode';
import { ExchangeNode } from './exchangeNode';
import { NoticeNode } from './noticeNode';
import { RunNode } from './runNode';

/** Rows shown of one capture; the rest is counted in a last row. */
const MOST_ROWS = 500;

/** A capture file: its exchanges in order, then the replays of it in this window. */
export class CaptureNode implements TreeNode {
  constructor(
    readonly file: CaptureFile,
    private readonly services: Services,
  ) {}

  toItem(): vscode.TreeItem {
    const isRecording = this.services.recording.state?.file.toString() === this.file.uri.toString();
    const item = new vscode.TreeItem(
      this.file.name,
      isRecording
        ? vscode.TreeItemCollapsibleState.Expanded
        : vscode.TreeItemCollapsibleState.Collapsed,
    );
    item.id = this.file.uri.toString();
    item.description = vscode.workspace.asRelativePath(vscode.Uri.joinPath(this.file.uri, '..'));
    item.resourceUri = this.file.uri;
    item.iconPath = new vscode.ThemeIcon('archive');
    item.contextValue = 'capture';
    return item;
  }

  async children(): Promise<TreeNode[]> {
    const key = this.file.uri.toString();
    try {
      const { entries, notices } = await this.services.captures.load(this.file.uri);
      const hidden = entries.length - MOST_ROWS;
      return [
        // Before the rows, of which there may be hundreds.
        ...this.services.replays.runs
          .filter((run) => run.capture.toString() === key)
          .map((run, index) => new RunNode(run, index === 0, this)),
        ...notices.map((notice, index) => new NoticeNode(`${key}#notice-${index}`, notice)),
        ...entries
          .slice(0, MOST_ROWS)
          .map((entry) => new ExchangeNode(this.file, entry, this.services.replays)),
        ...(hidden > 0
          ? [new NoticeNode(`${key}#hidden`, vscode.l10n.t('{0} more exchanges', hidden))]
          : []),
      ];
    } catch (error) {
      return [new NoticeNode(`${key}#problem`, lineOf(error))];
    }
  }
}
