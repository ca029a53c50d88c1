import * as vscode from 'vscode';
import { exchangeUri } from '../../documents/exchangeUri';
import { COMMANDS } from '../../ids';
import type { Command } from '../command';
import { pickExchange } from '../pick';

/** Opens one exchange as a readable document. */
export const openExchange: Command = {
  id: COMMANDS.openExchange,
  async run(services, argument) {
    const { file, entry } = await pickExchange(services, argument);
    await vscode.window.showTextDocument(exchangeUri(file, entry), { preview: true });
  },
};
