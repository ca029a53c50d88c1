import * as vscode from 'vscode';
import type { TreeNode } from '../treeNode';

/** A name and a value, such as an app's server. */
export class FactNode implements TreeNode {
  constructor(
    private readonly id: string,
    private readonly label: string,
    private readonly value: string,
    private readonly icon: string,
    private readonly tooltip = value,
  ) {}

  toItem(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.label);
    item.id = this.id;
    item.description = this.value;
    item.tooltip = this.tooltip;
    item.iconPath = new vscode.ThemeIcon(this.icon);
    return item;
  }

  children(): TreeNode[] {
    return [];
  }
}
