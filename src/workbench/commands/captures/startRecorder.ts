import * as vscode from 'vscode';
import { setting } from '../../config';
import { COMMANDS, VIEWS } from '../../ids';
import { inputSteps } from '../../inputSteps';
import { checkPort, checkTarget } from '../../targets';
import { orCancel, type Command } from '../command';
import { needFolder } from '../pick';

/** Starts the recorder on a port, handing each delivery on to the bot. */
export const startRecorder: Command = {
  id: COMMANDS.startRecorder,
  async run(services) {
    needFolder();
    const [port, forward] = orCancel(
      await inputSteps(vscode.l10n.t('Start Recorder'), [
        {
          prompt: vscode.l10n.t('Port to listen on; point the webhook or the tunnel at it'),
          value: String(setting('recorder.port')),
          check: checkPort,
        },
        {
          prompt: vscode.l10n.t('Where to hand each delivery on to; empty to record only'),
          value: setting('recorder.forwardTo'),
          check: (text) => (text.trim() === '' ? { ok: true, value: '' } : checkTarget(text)),
        },
      ]),
    );
    const state = await services.recording.start({
      port: Number(port),
      ...(forward ? { forward } : {}),
    });
    await vscode.commands.executeCommand(`${VIEWS.captures}.focus`);
    const copy = vscode.l10n.t('Copy URL');
    const message = forward
      ? vscode.l10n.t('Recording at {0}, handing on to {1}.', state.url, forward)
      : vscode.l10n.t('Recording at {0}.', state.url);
    void vscode.window.showInformationMessage(message, copy).then((choice) => {
      if (choice === copy) void vscode.env.clipboard.writeText(state.url);
    });
    return state.url;
  },
};
