import * as engineText from '@vscode/l10n';
import * as vscode from 'vscode';
import { AppRegistry } from './apps';
import { Authorizer } from './authorize';
import { systemClock } from './base/clock';
import { Redactor } from './base/redact';
import { discreetHttp, HttpClient } from './http';
import { commands } from './workbench/commands/all';
import { registerCommand } from './workbench/commands/command';
import { setting } from './workbench/config';
import { registerDebug } from './workbench/debug/registerDebug';
import { registerExchangeDocuments } from './workbench/documents/exchangeDocuments';
import { registerMessagesView } from './workbench/messagesView/register';
import { redactingLog } from './workbench/redactingLog';
import { CaptureFiles } from './workbench/services/captureFiles';
import { Recording } from './workbench/services/recording';
import { Replays } from './workbench/services/replays';
import { Secrets } from './workbench/services/secrets';
import type { Services } from './workbench/services/services';
import { SimulatorService } from './workbench/services/simulatorService';
import { Tailing } from './workbench/services/tailing';
import { registerStatusBar } from './workbench/statusBar';
import { registerTerminalEnvironment } from './workbench/terminalEnvironment';
import { registerAppsView } from './workbench/trees/apps/appsView';
import { registerCapturesView } from './workbench/trees/captures/capturesView';

/** Builds the services, registers the faces, awaits nothing. */
export function activate(context: vscode.ExtensionContext): void {
  if (vscode.l10n.uri) void engineText.config({ uri: vscode.l10n.uri.toString() });
  const services = buildServices(context);
  context.subscriptions.push(
    ...commands.map((command) => registerCommand(services, command)),
    registerAppsView(services),
    registerCapturesView(services),
    registerMessagesView(services, context.extensionUri),
    registerExchangeDocuments(services),
    registerDebug(services),
    registerTerminalEnvironment(services, context.environmentVariableCollection),
    registerStatusBar(services),
  );
  setImmediate(() => startUp(services));
}

function buildServices(context: vscode.ExtensionContext): Services {
  const { subscriptions, globalState } = context;
  const own = <T extends vscode.Disposable>(item: T): T => {
    subscriptions.push(item);
    return item;
  };
  const bundle = (name: string): string =>
    vscode.Uri.joinPath(context.extensionUri, 'dist', name).fsPath;

  const clock = systemClock;
  const redactor = new Redactor();
  const channel = own(vscode.window.createOutputChannel('Bot Channels', { log: true }));
  const log = redactingLog(channel, redactor);
  const http = own(new HttpClient({ log, redactor }));
  const secrets = own(new Secrets(bundle('keychainHelper.js'), context.secrets, log, redactor));
  const apps = new AppRegistry({
    read: () => globalState.get('apps'),
    write: (value) => globalState.update('apps', value),
  });
  const authorizer = own(
    new Authorizer({
      apps,
      secrets: () => secrets.store(),
      http,
      clock,
      log,
      redactor,
      timeoutMs: () => setting('authorize.timeout') * 1000,
    }),
  );
  const simulator = own(new SimulatorService(bundle('cli.js'), http, log));
  const captures = own(new CaptureFiles());
  return {
    log,
    redactor,
    clock,
    http,
    secrets,
    apps,
    authorizer,
    simulator,
    captures,
    tailing: own(new Tailing(authorizer, discreetHttp(http, redactor), clock, log)),
    recording: own(new Recording(captures, secrets, clock, log)),
    replays: own(new Replays(secrets, clock)),
  };
}

/** What may take its time: who is still signed in, and whether a simulator runs already. */
function startUp({ authorizer, apps, simulator, log }: Services): void {
  const report = (error: unknown): void =>
    log.error(error instanceof Error ? error : String(error));
  const known = apps.list();
  for (const notice of apps.notices) log.warn(notice);
  if (known.length > 0) authorizer.restore().catch(report);
  if (known.some((app) => app.environment === 'simulator')) simulator.find().catch(report);
}
