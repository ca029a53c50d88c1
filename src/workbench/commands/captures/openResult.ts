import * as vscode from 'vscode';
import { HumanError } from '../../../base/humanError';
import { resultUri } from '../../documents/exchangeUri';
import { COMMANDS } from '../../ids';
import { statusLine } from '../../statusLine';
import { ResultNode } from '../../trees/captures/resultNode';
import { orCancel, type Command } from '../command';

/** Opens one answer of a replay as a readable document. */
export const openResult: Command = {
  id: COMMANDS.openResult,
  async run(services, argument) {
    if (argument instanceof ResultNode) {
      await vscode.window.showTextDocument(resultUri(argument.run, argument.result));
      return;
    }
    const items = services.replays.runs.flatMap((run) =>
      run.results.map((result) => ({
        label: result.title,
        description: statusLine(result),
        detail: `${run.captureName} → ${run.target}`,
        uri: resultUri(run, result),
      })),
    );
    if (items.length === 0) {
      throw new HumanError(vscode.l10n.t('Nothing was replayed in this window yet.'), {
        remedy: vscode.l10n.t('Replay an exchange or a capture first.'),
      });
    }
    const placeHolder = vscode.l10n.t('Choose an answer');
    const picked = orCancel(await vscode.window.showQuickPick(items, { placeHolder }));
    await vscode.window.showTextDocument(picked.uri, { preview: true });
  },
};
