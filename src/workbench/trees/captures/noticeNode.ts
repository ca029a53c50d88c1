import * as vscode from 'vscode';
import type { TreeNode } from '../treeNode';

/** A sentence among the rows, such as a torn last line that was dropped. */
export class NoticeNode implements TreeNode {
  constructor(
    private readonly id: string,
    private readonly text: string,
  ) {}

  toItem(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.text);
    item.id = this.id;
    item.tooltip = this.text;
    item.iconPath = new vscode.ThemeIcon('info');
    return item;
  }

  children(): TreeNode[] {
    return [];
  }
}
