import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../ids';
import type { Services } from '../services/services';
import { ReplayConfigurationProvider } from './configurationProvider';
import { PracticeBotProvider } from './practiceBotProvider';

/** The debug type that replays a capture, and the practice environment for a bot under F5. */
export function registerDebug(services: Services): vscode.Disposable {
  const provider = new ReplayConfigurationProvider(services);
  const { Dynamic } = vscode.DebugConfigurationProviderTriggerKind;
  return vscode.Disposable.from(
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, provider),
    vscode.debug.registerDebugConfigurationProvider(DEBUG_TYPE, provider, Dynamic),
    vscode.debug.registerDebugConfigurationProvider('node', new PracticeBotProvider(services)),
    vscode.debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor: async () => {
        // Evaluated with the first session, not when the extension starts.
        const { ReplaySession } = await import('./replaySession');
        return new vscode.DebugAdapterInlineImplementation(new ReplaySession(services));
      },
    }),
  );
}
