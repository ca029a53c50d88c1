import * as vscode from 'vscode';
import type { ReplayResult } from '../../../replay';
import { COMMANDS } from '../../ids';
import type { ReplayRun } from '../../services/replays';
import { statusLine } from '../../statusLine';
import type { TreeNode } from '../treeNode';

/** One answer of a replay. */
export class ResultNode implements TreeNode {
  constructor(
    readonly run: ReplayRun,
    readonly result: ReplayResult,
  ) {}

  toItem(): vscode.TreeItem {
    const { result } = this;
    const item = new vscode.TreeItem(result.title);
    item.id = `${this.run.id}#${result.entryId}`;
    item.description = statusLine(result);
    item.tooltip = result.problem?.toLine() ?? `${result.method} ${result.url}`;
    const good = result.status !== undefined && result.status < 400;
    item.iconPath = new vscode.ThemeIcon(
      good ? 'pass' : 'error',
      new vscode.ThemeColor(good ? 'testing.iconPassed' : 'testing.iconFailed'),
    );
    item.contextValue = 'result';
    item.command = {
      command: COMMANDS.openResult,
      title: vscode.l10n.t('Open Replay Result'),
      arguments: [this],
    };
    return item;
  }

  children(): TreeNode[] {
    return [];
  }
}
