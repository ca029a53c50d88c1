import * as vscode from 'vscode';
import { COMMANDS } from '../../ids';
import { inputSteps } from '../../inputSteps';
import { orCancel, type Command } from '../command';

/** Keeps the value that a capture's `{{secret:NAME}}` stands for. */
export const setCaptureSecret: Command = {
  id: COMMANDS.setCaptureSecret,
  async run(services) {
    const [name = '', value = ''] = orCancel(
      await inputSteps(vscode.l10n.t('Set a Capture’s Secret'), [
        {
          prompt: vscode.l10n.t('Name, as it stands in the capture: {{secret:NAME}}'),
          placeholder: 'WEBHOOK_SECRET',
          check: (text) =>
            /^[A-Z0-9_]+$/.test(text.trim())
              ? { ok: true, value: text.trim() }
              : {
                  ok: false,
                  problem: vscode.l10n.t('Use capital letters, digits and underscores.'),
                },
        },
        {
          prompt: vscode.l10n.t('Its value, which goes to the keychain'),
          password: true,
          check: (text) =>
            text === ''
              ? { ok: false, problem: vscode.l10n.t('Enter the value.') }
              : { ok: true, value: text },
        },
      ]),
    );
    await services.secrets.keep(name, value);
  },
};
