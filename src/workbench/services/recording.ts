import { rm } from 'node:fs/promises';
import type * as vscode from 'vscode';
import type { Clock } from '../../base/clock';
import { Emitter } from '../../base/emitter';
import type { Log } from '../../base/log';
import { Recorder, type CaptureEntry, type SecretVault } from '../../captures';
import { setContext } from '../config';
import type { CaptureFiles } from './captureFiles';

export interface RecordingState {
  readonly url: string;
  readonly forward: string | undefined;
  readonly file: vscode.Uri;
  readonly count: number;
}

export interface RecordingOptions {
  readonly port: number;
  readonly forward?: string;
}

/** The one recorder that a window runs, and what it has received. */
export class Recording implements vscode.Disposable {
  readonly #changed = new Emitter<CaptureEntry | undefined>();
  /** Fires with each delivery (again with its answer), and with nothing at start and stop. */
  readonly onDidChange = this.#changed.event;
  #recorder: Recorder | undefined;
  #state: RecordingState | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #seen = new Set<string>();

  constructor(
    private readonly captures: CaptureFiles,
    private readonly vault: SecretVault,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  get state(): RecordingState | undefined {
    return this.#state;
  }

  /** Starts recording; a recorder that runs is stopped first. */
  start(options: RecordingOptions): Promise<RecordingState> {
    return this.inTurn(() => this.begin(options));
  }

  stop(): Promise<RecordingState | undefined> {
    return this.inTurn(() => this.end());
  }

  /** Starting and stopping take time, and two at once would lose a recorder. */
  private inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(act);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  private async begin(options: RecordingOptions): Promise<RecordingState> {
    await this.end();
    const file = await this.captures.newFile(this.clock.now());
    const recorder = await Recorder.start({
      port: options.port,
      file: file.fsPath,
      ...(options.forward === undefined ? {} : { forward: options.forward }),
      vault: this.vault,
      clock: this.clock,
      log: this.log,
    });
    this.#seen.clear();
    this.#recorder = recorder;
    this.#state = { url: recorder.url, forward: options.forward, file, count: 0 };
    recorder.onDidRecord((entry) => this.onEntry(entry, file));
    setContext('botChannels.recording', true);
    this.captures.refresh();
    this.#changed.fire(undefined);
    return this.#state;
  }

  private async end(): Promise<RecordingState | undefined> {
    const recorder = this.#recorder;
    const last = this.#state;
    if (!recorder) return undefined;
    this.#recorder = undefined;
    await recorder.dispose();
    if (last?.count === 0) await rm(last.file.fsPath, { force: true });
    this.#state = undefined;
    setContext('botChannels.recording', false);
    this.captures.refresh();
    this.#changed.fire(undefined);
    return last;
  }

  private onEntry(entry: CaptureEntry, file: vscode.Uri): void {
    this.#seen.add(entry._id);
    if (this.#state) this.#state = { ...this.#state, count: this.#seen.size };
    // The watcher would notice too, later; a delivery should be seen when it comes.
    this.captures.refresh(file);
    this.#changed.fire(entry);
  }

  async dispose(): Promise<void> {
    await this.stop();
    this.#changed.dispose();
  }
}
