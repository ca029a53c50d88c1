import * as vscode from 'vscode';
import { DEBUG_TYPE } from '../ids';
import { setting } from '../config';
import type { Services } from '../services/services';

/** Offers a configuration for every capture, so that F5 works without a launch.json. */
export class ReplayConfigurationProvider implements vscode.DebugConfigurationProvider {
  constructor(private readonly services: Services) {}

  async provideDebugConfigurations(
    folder: vscode.WorkspaceFolder | undefined,
  ): Promise<vscode.DebugConfiguration[]> {
    const files = await this.services.captures.list();
    return files
      .filter(({ uri }) => !folder || isIn(folder, uri))
      .map(({ uri, name }) => ({
        type: DEBUG_TYPE,
        request: 'launch',
        name: vscode.l10n.t('Replay {0}', name),
        capture: folder
          ? `\${workspaceFolder}/${vscode.workspace.asRelativePath(uri, false)}`
          : uri.fsPath,
        target: setting('replay.target', uri),
      }));
  }

  async resolveDebugConfiguration(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration | undefined> {
    // Without a launch.json VS Code asks with an empty configuration.
    if (configuration.type || configuration.request || configuration.name) return configuration;
    const [first] = await this.provideDebugConfigurations(folder);
    if (!first) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This folder holds no capture to replay. Start the recorder to make one.'),
      );
    }
    return first;
  }

  resolveDebugConfigurationWithSubstitutedVariables(
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): vscode.DebugConfiguration {
    return { target: setting('replay.target', folder?.uri), ...configuration };
  }
}

function isIn(folder: vscode.WorkspaceFolder, uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri)?.uri.toString() === folder.uri.toString();
}
