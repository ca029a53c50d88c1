import * as vscode from 'vscode';
import { titleOf, type CaptureEntry } from '../../../captures';
import { setting } from '../../config';
import { abortSignalOf } from '../../progress';
import type { CaptureFile } from '../../services/captureFiles';
import type { ReplayRun } from '../../services/replays';
import type { Services } from '../../services/services';

/** Replays entries at the configured bot, with progress that can be cancelled. */
export async function replayWithProgress(
  services: Services,
  file: CaptureFile,
  entries: readonly CaptureEntry[],
): Promise<ReplayRun> {
  const target = setting('replay.target', file.uri);
  const [only] = entries;
  const title =
    entries.length === 1 && only
      ? vscode.l10n.t('Replaying {0} at {1}', titleOf(only), target)
      : vscode.l10n.t('Replaying “{0}” at {1}', file.name, target);
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) =>
      services.replays.run(file.uri, entries, {
        target,
        signal: abortSignalOf(token),
        onResult: ({ title: message }) =>
          progress.report({ increment: 100 / entries.length, message }),
      }),
  );
}
