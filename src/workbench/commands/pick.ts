import * as vscode from 'vscode';
import type { AppProfile } from '../../apps';
import type { CaptureEntry } from '../../captures';
import { summaryOf, titleOf } from '../../captures';
import { HumanError } from '../../base/humanError';
import type { CaptureFile } from '../services/captureFiles';
import type { Services } from '../services/services';
import { exchangeOf } from '../documents/exchangeUri';
import { AppNode } from '../trees/apps/appNode';
import { CaptureNode } from '../trees/captures/captureNode';
import { ExchangeNode } from '../trees/captures/exchangeNode';
import { orCancel } from './command';

/** The app of a tree node or of an id, else the only one, else the one that a person picks. */
export async function pickApp(services: Services, argument: unknown): Promise<AppProfile> {
  if (argument instanceof AppNode) return argument.app;
  if (typeof argument === 'string') {
    const app = services.apps.get(argument);
    if (app) return app;
    throw new HumanError(vscode.l10n.t('That app was removed.'), {
      remedy: vscode.l10n.t('Choose one in the Apps view.'),
    });
  }
  const apps = services.apps.list();
  const [first, ...more] = apps;
  if (!first) {
    throw new HumanError(vscode.l10n.t('No app has been added yet.'), {
      remedy: vscode.l10n.t('Add the simulator, or an app from the developer console.'),
      kind: 'NO_APP',
    });
  }
  if (more.length === 0) return first;
  const active = services.apps.active;
  const sorted = [...apps].sort(
    (a, b) => Number(b.id === active?.id) - Number(a.id === active?.id),
  );
  const items = sorted.map((app) => ({
    label: app.name,
    description: app.server,
    ...(app.id === active?.id ? { detail: vscode.l10n.t('Active') } : {}),
    app,
  }));
  const placeHolder = vscode.l10n.t('Choose an app');
  return orCancel(await vscode.window.showQuickPick(items, { placeHolder })).app;
}

/** Captures and recordings are files of a folder. */
export function needFolder(): void {
  if (vscode.workspace.workspaceFolders?.length) return;
  throw new HumanError(vscode.l10n.t('No folder is open, and captures are files of one.'), {
    remedy: vscode.l10n.t('Open a folder first.'),
    kind: 'NO_FOLDER',
  });
}

export async function pickCapture(services: Services, argument: unknown): Promise<CaptureFile> {
  if (argument instanceof CaptureNode) return argument.file;
  needFolder();
  const files = await services.captures.list();
  if (files.length === 0) {
    throw new HumanError(vscode.l10n.t('This folder holds no capture yet.'), {
      remedy: vscode.l10n.t('Start the recorder to make one.'),
      kind: 'NO_RECORDER',
    });
  }
  const items = files.map((file) => ({
    label: file.name,
    description: vscode.workspace.asRelativePath(file.uri),
    file,
  }));
  const placeHolder = vscode.l10n.t('Choose a capture');
  return orCancel(await vscode.window.showQuickPick(items, { placeHolder })).file;
}

export interface PickedExchange {
  readonly file: CaptureFile;
  readonly entry: CaptureEntry;
}

/** The exchange of a tree node or an open document, else the one that a person picks. */
export async function pickExchange(services: Services, argument: unknown): Promise<PickedExchange> {
  if (argument instanceof ExchangeNode) return { file: argument.file, entry: argument.entry };
  const open = argument instanceof vscode.Uri ? exchangeOf(argument) : undefined;
  if (open) {
    const entry = await services.captures.entry(open.file.uri, open.entryId);
    if (entry) return { file: open.file, entry };
  }
  const file = await pickCapture(services, argument);
  const { entries } = await services.captures.load(file.uri);
  if (entries.length === 0) {
    throw new HumanError(vscode.l10n.t('The capture “{0}” is empty.', file.name), {
      remedy: vscode.l10n.t('Record a delivery first.'),
    });
  }
  const items = entries.map((entry) => ({
    label: titleOf(entry),
    description: entry.startedDateTime,
    detail: summaryOf(entry),
    entry,
  }));
  const placeHolder = vscode.l10n.t('Choose an exchange of “{0}”', file.name);
  const options = { placeHolder, matchOnDetail: true };
  return { file, entry: orCancel(await vscode.window.showQuickPick(items, options)).entry };
}
