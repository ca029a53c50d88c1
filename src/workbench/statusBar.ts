import * as vscode from 'vscode';
import type { TailHealth } from '../messages';
import { VIEWS } from './ids';
import type { Services } from './services/services';

/** One item: what is tailed and recorded now, and whether it is well. Hidden when nothing runs. */
export function registerStatusBar(services: Services): vscode.Disposable {
  const item = vscode.window.createStatusBarItem(
    'botChannels.status',
    vscode.StatusBarAlignment.Left,
  );
  item.name = vscode.l10n.t('Bot Channels');
  const draw = (): void => {
    const { tail } = services.tailing.snapshot();
    const recording = services.recording.state;
    if (!tail && !recording) {
      item.hide();
      return;
    }
    const texts: string[] = [];
    const tips: string[] = [];
    if (tail) {
      const { icon, words } = healthWords(tail.health);
      texts.push(`$(${icon}) ${tail.chatName}`);
      tips.push(vscode.l10n.t('Tailing “{0}”: {1}', tail.chatName, words));
    }
    if (recording) {
      texts.push(`$(record) ${recording.count}`);
      tips.push(vscode.l10n.t('Recording at {0}: {1} deliveries', recording.url, recording.count));
    }
    item.text = texts.join('  ');
    item.tooltip = tips.join('\n');
    item.accessibilityInformation = { label: tips.join(', ') };
    item.command = tail ? `${VIEWS.messages}.focus` : `${VIEWS.captures}.focus`;
    item.backgroundColor =
      tail?.health.kind === 'stopped' && tail.health.problem
        ? new vscode.ThemeColor('statusBarItem.errorBackground')
        : undefined;
    item.show();
  };
  const listeners = [
    services.tailing.onDidChange((update) => {
      // Rows come by the thousand and change nothing here.
      if (update.health !== undefined || update.tail !== undefined || update.cleared) draw();
    }),
    services.recording.onDidChange(draw),
  ];
  return vscode.Disposable.from(item, ...listeners);
}

function healthWords(health: TailHealth): { icon: string; words: string } {
  switch (health.kind) {
    case 'connecting':
      return { icon: 'sync~spin', words: vscode.l10n.t('connecting') };
    case 'live':
      return { icon: 'broadcast', words: vscode.l10n.t('live') };
    case 'reconnecting':
      return { icon: 'sync~spin', words: vscode.l10n.t('reconnecting: {0}', health.problem) };
    case 'stopped':
      return {
        icon: 'circle-slash',
        words: health.problem?.toLine() ?? vscode.l10n.t('stopped'),
      };
  }
}
