import * as vscode from 'vscode';
import { COMMANDS } from '../../ids';
import { orCancel, type Command } from '../command';

/** Lets somebody else in the practice company post a message. */
export const simulatorPost: Command = {
  id: COMMANDS.simulatorPost,
  async run(services) {
    await services.simulator.control('status');
    const text = orCancel(
      await vscode.window.showInputBox({
        title: vscode.l10n.t('Post as Someone Else'),
        prompt: vscode.l10n.t(
          'A colleague posts this in the practice team; “agent” asks for a person',
        ),
        placeHolder: vscode.l10n.t('Hello, is my order on its way?'),
        validateInput: (value) =>
          value.trim() === '' ? vscode.l10n.t('Enter a message.') : undefined,
      }),
    );
    await services.simulator.control('post', { text });
  },
};
