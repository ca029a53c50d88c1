import {
  InitializedEvent,
  LoggingDebugSession,
  OutputEvent,
  TerminatedEvent,
} from '@vscode/debugadapter';
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';
import { pause } from '../../base/clock';
import { HumanError, lineOf } from '../../base/humanError';
import type { ReplayResult, ReplaySummary } from '../../replay';
import { tellOutcome } from '../replayOutcome';
import type { Services } from '../services/services';
import { statusLine } from '../statusLine';
import { answers } from './targetReady';

/** How often a bot that does not answer yet is asked again. */
const RETRY_MS = 250;
const DEFAULT_WAIT_SECONDS = 30;
/** The error number of a failed launch in the debug protocol; shown to the user. */
const LAUNCH_FAILED = 1;

interface LaunchArguments extends DebugProtocol.LaunchRequestArguments {
  readonly capture?: string;
  readonly target?: string;
  readonly speed?: 'recorded' | 'max' | number;
  readonly only?: string;
  readonly waitForTarget?: number;
}

/** A debug session that replays a capture at a bot and ends when the last answer is in. */
export class ReplaySession extends LoggingDebugSession {
  readonly #cancel = new AbortController();
  readonly #services: Pick<Services, 'captures' | 'clock' | 'replays'>;

  constructor(services: Pick<Services, 'captures' | 'clock' | 'replays'>) {
    super();
    this.#services = services;
  }

  protected override initializeRequest(response: DebugProtocol.InitializeResponse): void {
    response.body = { supportsTerminateRequest: true };
    this.sendResponse(response);
    this.sendEvent(new InitializedEvent());
  }

  protected override launchRequest(
    response: DebugProtocol.LaunchResponse,
    launch: LaunchArguments,
  ): void {
    void this.launch(response, launch);
  }

  private async launch(
    response: DebugProtocol.LaunchResponse,
    launch: LaunchArguments,
  ): Promise<void> {
    try {
      if (!launch.capture) {
        throw new HumanError(vscode.l10n.t('The launch configuration names no capture.'), {
          remedy: vscode.l10n.t('Set "capture" to a *.capture.ndjson file.'),
        });
      }
      if (!launch.target || !URL.canParse(launch.target)) {
        throw new HumanError(vscode.l10n.t('The launch configuration names no target.'), {
          remedy: vscode.l10n.t('Set "target" to the bot’s URL, such as http://127.0.0.1:4760.'),
        });
      }
      const { captures, replays } = this.#services;
      const capture = vscode.Uri.file(launch.capture);
      const { entries, notices } = await captures.load(capture);
      this.sendResponse(response);
      for (const notice of notices) this.print(notice, 'console');
      await this.waitFor(launch.target, launch.waitForTarget ?? DEFAULT_WAIT_SECONDS);
      const run = await replays.run(capture, entries, {
        target: launch.target,
        ...(launch.speed === undefined ? {} : { speed: launch.speed }),
        ...(launch.only === undefined ? {} : { only: launch.only }),
        signal: this.#cancel.signal,
        onResult: (result) => this.printResult(result),
      });
      const { summary } = run;
      if (summary) this.print(summaryLine(summary), summary.failed > 0 ? 'stderr' : 'console');
      // The console of a session that has ended gives way to the bot's.
      void tellOutcome(replays, run);
    } catch (error) {
      this.fail(response, error);
    } finally {
      this.sendEvent(new TerminatedEvent());
    }
  }

  protected override terminateRequest(response: DebugProtocol.TerminateResponse): void {
    this.#cancel.abort();
    this.sendResponse(response);
  }

  protected override disconnectRequest(response: DebugProtocol.DisconnectResponse): void {
    this.#cancel.abort();
    this.sendResponse(response);
  }

  override dispose(): void {
    this.#cancel.abort();
    super.dispose();
  }

  /** A bot under F5 starts beside the replay, so it is given time to listen. */
  private async waitFor(target: string, seconds: number): Promise<void> {
    const { clock } = this.#services;
    const deadline = clock.now() + seconds * 1000;
    for (let told = false; !(await answers(target)); told = true) {
      if (clock.now() >= deadline) {
        throw new HumanError(vscode.l10n.t('The bot does not answer at {0}.', target), {
          remedy: vscode.l10n.t('Start the bot, or correct "target" in the launch configuration.'),
        });
      }
      if (!told) this.print(vscode.l10n.t('Waiting for the bot at {0}…', target), 'console');
      await pause(clock, RETRY_MS, this.#cancel.signal);
    }
  }

  private printResult(result: ReplayResult): void {
    const bad = result.status === undefined || result.status >= 400;
    this.print(`${result.title} → ${statusLine(result)}`, bad ? 'stderr' : 'stdout');
  }

  private fail(response: DebugProtocol.LaunchResponse, error: unknown): void {
    if (this.#cancel.signal.aborted) return;
    const text = error instanceof HumanError ? error.toLine() : lineOf(error);
    this.print(text, 'stderr');
    // After the answer to `launch` has left, the console is the place that is read.
    if (response.success && response.seq !== 0) return;
    this.sendErrorResponse(response, { id: LAUNCH_FAILED, format: text, showUser: true });
  }

  private print(text: string, category: 'console' | 'stdout' | 'stderr'): void {
    this.sendEvent(new OutputEvent(`${text}\n`, category));
  }
}

function summaryLine(summary: ReplaySummary): string {
  const statuses = Object.entries(summary.statuses)
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ');
  return vscode.l10n.t(
    '{0} of {1} answered in {2} ms: {3}',
    summary.answered,
    summary.sent,
    Math.round(summary.durationMs),
    statuses || '–',
  );
}
