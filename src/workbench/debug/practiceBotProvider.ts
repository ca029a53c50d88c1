import type * as vscode from 'vscode';
import { pause } from '../../base/clock';
import { lineOf } from '../../base/humanError';
import type { Services } from '../services/services';

/** A program under F5 waits no longer than this for a simulator to be found. */
const PATIENCE_MS = 1500;

/**
 * Looks for a running simulator before a Node program starts under the debugger, so that the
 * terminal it runs in carries the practice environment. The configuration itself is left as it is.
 * (VS Code's Node debugger changes the type while it resolves, so that only this first step is
 * asked of providers for `node`.)
 */
export class PracticeBotProvider implements vscode.DebugConfigurationProvider {
  constructor(private readonly services: Services) {}

  async resolveDebugConfiguration(
    _folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration> {
    const { apps, clock, log, simulator } = this.services;
    const practises = apps.list().some((app) => app.environment === 'simulator');
    if (practises) {
      const finding = simulator.find().catch((error: unknown) => log.warn(lineOf(error)));
      await Promise.race([finding, pause(clock, PATIENCE_MS)]);
    }
    return configuration;
  }
}
