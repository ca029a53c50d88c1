import type * as vscode from 'vscode';

/** One row of a tree: it draws itself and knows its children. */
export interface TreeNode {
  /** For a row that can be revealed. */
  readonly parent?: TreeNode;
  toItem(): vscode.TreeItem;
  children(): TreeNode[] | Promise<TreeNode[]>;
}
