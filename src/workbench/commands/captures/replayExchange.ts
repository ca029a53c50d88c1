import * as vscode from 'vscode';
import { resultUri } from '../../documents/exchangeUri';
import { COMMANDS } from '../../ids';
import type { Command } from '../command';
import { pickExchange } from '../pick';
import { replayWithProgress } from './replayWithProgress';

/** Replays one exchange at the bot and opens the answer beside it. */
export const replayExchange: Command = {
  id: COMMANDS.replayExchange,
  async run(services, argument) {
    const { file, entry } = await pickExchange(services, argument);
    const run = await replayWithProgress(services, file, [entry]);
    const [result] = run.results;
    if (!result) return undefined;
    const viewColumn = vscode.window.activeTextEditor ? vscode.ViewColumn.Beside : undefined;
    await vscode.window.showTextDocument(resultUri(run, result), {
      preview: true,
      preserveFocus: true,
      ...(viewColumn === undefined ? {} : { viewColumn }),
    });
    return result.status;
  },
};
