import type * as vscode from 'vscode';
import type { Services } from '../services/services';

/**
 * Looks for a running simulator before a Node program starts under the debugger, so that the
 * terminal it runs in carries the practice environment. The configuration itself is left as it is.
 */
export class PracticeBotProvider implements vscode.DebugConfigurationProvider {
  constructor(private readonly services: Services) {}

  async resolveDebugConfigurationWithSubstitutedVariables(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration> {
    const practises = this.services.apps.list().some((app) => app.environment === 'simulator');
    if (practises) await this.services.simulator.find();
    return configuration;
  }
}
