import type * as vscode from 'vscode';
import type { Clock } from '../../base/clock';
import { Emitter } from '../../base/emitter';
import type { CaptureEntry, SecretVault } from '../../captures';
import { replay, type ReplayOptions, type ReplayResult, type ReplaySummary } from '../../replay';
import { captureName } from './captureFiles';

/** Runs kept in memory per window; older ones are forgotten. */
const MOST_RUNS = 20;

export interface ReplayRun {
  readonly id: string;
  readonly capture: vscode.Uri;
  readonly captureName: string;
  readonly target: string;
  readonly startedAt: number;
  readonly results: readonly ReplayResult[];
  readonly summary: ReplaySummary | undefined;
  /** A person ended it before everything was sent. */
  readonly isStopped: boolean;
}

export interface RunOptions {
  readonly target: string;
  /** `max` when absent. */
  readonly speed?: ReplayOptions['speed'];
  readonly only?: string;
  readonly signal: AbortSignal;
  readonly onResult: (result: ReplayResult) => void;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Whether every delivery was answered, and none with an error. */
export function wentWell({ summary }: ReplayRun): boolean {
  if (!summary || summary.failed > 0) return false;
  return Object.keys(summary.statuses).every((status) => Number(status) < 400);
}

/** Replays that this window ran, newest first, with every answer. */
export class Replays implements vscode.Disposable {
  readonly #changed = new Emitter<ReplayRun>();
  readonly onDidChange = this.#changed.event;
  readonly #shown = new Emitter<ReplayRun>();
  /** Fires when a person wants to see a run's answers. */
  readonly onDidAskToShow = this.#shown.event;
  #runs: readonly ReplayRun[] = [];
  #count = 0;

  constructor(
    private readonly vault: SecretVault,
    private readonly clock: Clock,
  ) {}

  get runs(): readonly ReplayRun[] {
    return this.#runs;
  }

  result(runId: string, entryId: string): ReplayResult | undefined {
    return this.#runs
      .find((run) => run.id === runId)
      ?.results.find((result) => result.entryId === entryId);
  }

  /** The newest answer to an exchange, for its row in the tree. */
  latest(capture: vscode.Uri, entryId: string): ReplayResult | undefined {
    for (const run of this.#runs) {
      if (run.capture.toString() !== capture.toString()) continue;
      const result = run.results.find((candidate) => candidate.entryId === entryId);
      if (result) return result;
    }
    return undefined;
  }

  /** Replays the entries in order; a run with no answer at all is not kept. */
  async run(
    capture: vscode.Uri,
    entries: readonly CaptureEntry[],
    options: RunOptions,
  ): Promise<ReplayRun> {
    const { target, speed = 'max', only, signal, onResult } = options;
    const results: ReplayResult[] = [];
    const run: Mutable<ReplayRun> = {
      id: `run-${++this.#count}`,
      capture,
      captureName: captureName(capture),
      target,
      startedAt: this.clock.now(),
      results,
      summary: undefined,
      isStopped: false,
    };
    try {
      run.summary = await replay(entries, {
        target,
        speed,
        concurrency: 1,
        ...(only === undefined ? {} : { only }),
        vault: this.vault,
        clock: this.clock,
        signal,
        onResult: (result) => {
          results.push(result);
          this.put(run);
          onResult(result);
        },
      });
      return run;
    } finally {
      run.isStopped = signal.aborted || !run.summary;
      if (results.length > 0) this.put(run);
    }
  }

  show(run: ReplayRun): void {
    this.#shown.fire(run);
  }

  private put(run: ReplayRun): void {
    if (!this.#runs.includes(run)) this.#runs = [run, ...this.#runs].slice(0, MOST_RUNS);
    this.#changed.fire(run);
  }

  dispose(): void {
    this.#changed.dispose();
    this.#shown.dispose();
  }
}
