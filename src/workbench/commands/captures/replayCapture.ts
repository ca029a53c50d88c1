import * as vscode from 'vscode';
import { HumanError } from '../../../base/humanError';
import { COMMANDS } from '../../ids';
import { tellOutcome } from '../../replayOutcome';
import type { Command } from '../command';
import { pickCapture } from '../pick';
import { replayWithProgress } from './replayWithProgress';

/** Replays a whole capture in order; the answers show in the tree. */
export const replayCapture: Command = {
  id: COMMANDS.replayCapture,
  async run(services, argument) {
    const file = await pickCapture(services, argument);
    const { entries } = await services.captures.load(file.uri);
    if (entries.length === 0) {
      throw new HumanError(vscode.l10n.t('The capture “{0}” is empty.', file.name), {
        remedy: vscode.l10n.t('Record a delivery first.'),
      });
    }
    const run = await replayWithProgress(services, file, entries);
    void tellOutcome(services.replays, run);
    return run.summary;
  },
};
