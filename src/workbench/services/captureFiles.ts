import * as vscode from 'vscode';
import { Emitter } from '../../base/emitter';
import { HumanError } from '../../base/humanError';
import { readCapture, type CaptureEntry } from '../../captures';
import { setting } from '../config';

const PATTERN = '**/*.capture.ndjson';
/** More files than this are a sign of a misplaced folder. */
const MOST_FILES = 200;

export interface CaptureFile {
  readonly uri: vscode.Uri;
  /** The file's name without `.capture.ndjson`. */
  readonly name: string;
}

export interface LoadedCapture {
  readonly entries: readonly CaptureEntry[];
  readonly notices: readonly string[];
}

/** The capture files of the workspace, found once and then followed by a watcher. */
export class CaptureFiles implements vscode.Disposable {
  readonly #changed = new Emitter<vscode.Uri | undefined>();
  /** Fires with the file that changed, or with nothing when the list did. */
  readonly onDidChange = this.#changed.event;
  readonly #watcher = vscode.workspace.createFileSystemWatcher(PATTERN);
  #listed: Promise<CaptureFile[]> | undefined;
  readonly #loaded = new Map<string, Promise<LoadedCapture>>();

  constructor() {
    this.#watcher.onDidChange((uri) => this.refresh(uri));
    this.#watcher.onDidCreate(() => this.refresh());
    this.#watcher.onDidDelete(() => this.refresh());
  }

  /** The captures by name; looked for again only when a file came or went. */
  list(): Promise<CaptureFile[]> {
    if (!this.#listed) {
      const listing = this.find();
      this.#listed = listing;
      listing.catch(() => (this.#listed = undefined));
    }
    return this.#listed;
  }

  private async find(): Promise<CaptureFile[]> {
    const uris = await vscode.workspace.findFiles(PATTERN, '**/node_modules/**', MOST_FILES);
    return uris
      .map((uri) => ({ uri, name: captureName(uri) }))
      .sort((a, b) => a.name.localeCompare(b.name) || a.uri.path.localeCompare(b.uri.path));
  }

  load(uri: vscode.Uri): Promise<LoadedCapture> {
    const key = uri.toString();
    const known = this.#loaded.get(key);
    if (known) return known;
    const loading = readCapture(uri.fsPath);
    this.#loaded.set(key, loading);
    loading.catch(() => this.#loaded.delete(key));
    return loading;
  }

  async entry(uri: vscode.Uri, id: string): Promise<CaptureEntry | undefined> {
    return (await this.load(uri)).entries.find((entry) => entry._id === id);
  }

  /** Forgets what was read, of one file or of all, and tells the views. */
  refresh(uri?: vscode.Uri): void {
    if (uri) {
      this.#loaded.delete(uri.toString());
    } else {
      this.#loaded.clear();
      this.#listed = undefined;
    }
    this.#changed.fire(uri);
  }

  /** A new file for a recording started at `now` (milliseconds), inside the captures folder. */
  async newFile(now: number): Promise<vscode.Uri> {
    const folder = vscode.workspace.workspaceFolders?.[0];
    if (!folder) {
      throw new HumanError(vscode.l10n.t('A recording needs a folder to be kept in.'), {
        remedy: vscode.l10n.t('Open a folder and start the recorder again.'),
        kind: 'NO_FOLDER',
      });
    }
    const name = setting('captures.folder', folder.uri);
    const target = vscode.Uri.joinPath(folder.uri, name);
    const isInside = `${target.path}/`.startsWith(`${folder.uri.path.replace(/\/$/, '')}/`);
    if (!isInside || name.startsWith('/')) throw badFolder(name);
    try {
      await vscode.workspace.fs.createDirectory(target);
    } catch (cause) {
      throw badFolder(name, cause);
    }
    // Milliseconds, so that two windows do not write into one file.
    const stamp = new Date(now).toISOString().slice(0, 23).replaceAll(/[:.]/g, '-');
    return vscode.Uri.joinPath(target, `${stamp}.capture.ndjson`);
  }

  dispose(): void {
    this.#watcher.dispose();
    this.#changed.dispose();
  }
}

function badFolder(name: string, cause?: unknown): HumanError {
  return new HumanError(vscode.l10n.t('Recordings cannot be kept in “{0}”.', name), {
    remedy: vscode.l10n.t('Choose a folder of this workspace in botChannels.captures.folder.'),
    kind: 'BAD_FOLDER',
    cause,
  });
}

export function captureName(uri: vscode.Uri): string {
  return (uri.path.split('/').at(-1) ?? '').replace(/\.capture\.ndjson$/, '');
}
