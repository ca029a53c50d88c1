import * as vscode from 'vscode';
import type { Clock } from '../../base/clock';
import { DisposableStore, MutableDisposable, type Disposable } from '../../base/lifetime';
import type { TreeNode } from './treeNode';

/** Trees repaint at most this often, however fast events come. */
const REFRESH_MS = 250;

/** A tree whose roots come from a function; refreshes are gathered. */
export class TreeProvider implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #pending = new MutableDisposable<Disposable>();
  readonly #store = new DisposableStore();

  constructor(
    private readonly roots: () => TreeNode[] | Promise<TreeNode[]>,
    private readonly clock: Clock,
  ) {}

  /** Listens to what the tree shows. */
  refreshOn(...events: ((listener: () => void) => Disposable)[]): this {
    for (const event of events) this.#store.add(event(() => this.refreshSoon()));
    return this;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const item = node.toItem();
    // Without this a screen reader would read the tooltip, and not what the row says.
    item.accessibilityInformation ??= {
      label: [item.label, item.description].filter((text) => typeof text === 'string').join(', '),
    };
    return item;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    return node ? node.children() : this.roots();
  }

  private refreshSoon(): void {
    if (this.#pending.value) return;
    this.#pending.value = this.clock.after(REFRESH_MS, () => {
      this.#pending.value = undefined;
      this.#changed.fire(undefined);
    });
  }

  dispose(): void {
    void this.#store.dispose();
    this.#pending.dispose();
    this.#changed.dispose();
  }
}
