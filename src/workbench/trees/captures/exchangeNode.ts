import * as vscode from 'vscode';
import { summaryOf, titleOf, type CaptureEntry, type CaptureKind } from '../../../captures';
import { COMMANDS } from '../../ids';
import type { CaptureFile } from '../../services/captureFiles';
import type { Replays } from '../../services/replays';
import { statusLine } from '../../statusLine';
import type { TreeNode } from '../treeNode';

const ICONS: Readonly<Record<CaptureKind, string>> = {
  handshake: 'verified',
  validation: 'verified',
  webhook: 'bell',
  'source-sdk': 'arrow-swap',
  notification: 'comment',
  interactive: 'inspect',
  install: 'cloud-download',
  http: 'globe',
};

/** One recorded delivery, with the newest answer that a replay of it got. */
export class ExchangeNode implements TreeNode {
  constructor(
    readonly file: CaptureFile,
    readonly entry: CaptureEntry,
    private readonly replays: Replays,
  ) {}

  toItem(): vscode.TreeItem {
    const { entry } = this;
    const replayed = this.replays.latest(this.file.uri, entry._id);
    const recorded = entry.response.status > 0 ? String(entry.response.status) : '';
    const answer = replayed ? vscode.l10n.t('replayed: {0}', statusLine(replayed)) : recorded;
    const item = new vscode.TreeItem(titleOf(entry));
    item.id = `${this.file.uri.toString()}#${entry._id}`;
    item.description = [answer, summaryOf(entry)].filter(Boolean).join(' · ');
    item.tooltip = `${entry.request.method} ${entry.request.url}\n${entry.startedDateTime}`;
    item.iconPath = new vscode.ThemeIcon(ICONS[entry._kind], colorOf(replayed?.status, replayed));
    item.contextValue = 'exchange';
    item.command = {
      command: COMMANDS.openExchange,
      title: vscode.l10n.t('Open Exchange'),
      arguments: [this],
    };
    return item;
  }

  children(): TreeNode[] {
    return [];
  }
}

function colorOf(status: number | undefined, replayed: unknown): vscode.ThemeColor | undefined {
  if (replayed === undefined) return undefined;
  const good = status !== undefined && status < 400;
  return new vscode.ThemeColor(good ? 'testing.iconPassed' : 'testing.iconFailed');
}
