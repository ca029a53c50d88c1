import { fork, type ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import { Emitter } from '../../base/emitter';
import { HumanError, systemCode } from '../../base/humanError';
import type { Log } from '../../base/log';
import type { HttpClient } from '../../http';
import { setContext, setting } from '../config';
import { childEnvironment, lastLineOf } from './childProcess';
import { isLoopbackUrl, parseDetails, type PracticeDetails } from './practiceDetails';

/** How long a simulator may take to say its first line. */
const START_TIMEOUT_MS = 15_000;
/** A played handover waits for a bot that may stand at a breakpoint. */
const CONTROL_TIMEOUT_MS = 180_000;
const FIND_TIMEOUT_MS = 2_000;

/**
 * The practice platform as VS Code sees it: a process beside the extension host that is spoken to
 * over loopback only. A simulator that already runs (from `npm start` or a terminal) is used as it is.
 */
export class SimulatorService implements vscode.Disposable {
  readonly #changed = new Emitter<PracticeDetails | undefined>();
  /** Fires with the details of a simulator that was found or started, and with nothing when ours ended. */
  readonly onDidChange = this.#changed.event;
  #child: ChildProcess | undefined;
  #starting: Promise<PracticeDetails> | undefined;
  #known: PracticeDetails | undefined;

  constructor(
    private readonly cliPath: string,
    private readonly http: HttpClient,
    private readonly log: Log,
  ) {}

  /** The origin where a simulator is expected: the environment's, else the setting's port. */
  get origin(): string {
    const fromEnvironment = process.env.RC_SERVER_URL;
    if (fromEnvironment !== undefined && isLoopbackUrl(fromEnvironment)) {
      return new URL(fromEnvironment).origin;
    }
    return `http://127.0.0.1:${setting('simulator.port')}`;
  }

  /** The details of a running simulator, or nothing. */
  async find(): Promise<PracticeDetails | undefined> {
    try {
      const details = parseDetails(await this.control('details', {}, FIND_TIMEOUT_MS));
      this.remember(details);
      return details;
    } catch (error) {
      if (error instanceof HumanError) return undefined;
      throw error;
    }
  }

  /** Finds a running simulator or starts one. */
  async ensure(): Promise<PracticeDetails> {
    return (await this.find()) ?? (await this.start());
  }

  async start(): Promise<PracticeDetails> {
    const running = await this.find();
    if (running) return running;
    this.#starting ??= this.launch().finally(() => (this.#starting = undefined));
    return this.#starting;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 3000);
    await ended;
    clearTimeout(force);
  }

  /**
   * Runs a scenario command of the simulator's control and gives its `ok`.
   * @throws HumanError with code `NO_SIMULATOR` when none answers.
   */
  async control(
    command: string,
    parameters: Record<string, unknown> = {},
    timeoutMs = CONTROL_TIMEOUT_MS,
  ): Promise<unknown> {
    const url = `${this.#known?.server ?? this.origin}/control`;
    let response;
    try {
      response = await this.http.send({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ command, ...parameters }),
        timeoutMs,
      });
    } catch (cause) {
      // Slow is not gone.
      if (systemCode(cause) === 'ETIMEDOUT') throw cause;
      if (this.#known && !this.#child) this.forget();
      throw new HumanError(vscode.l10n.t('No simulator answers at {0}.', new URL(url).origin), {
        remedy: vscode.l10n.t('Start it with “Bot Channels: Start Simulator”.'),
        kind: 'NO_SIMULATOR',
        cause,
      });
    }
    const answer = response.json() as { ok?: unknown; error?: unknown } | undefined;
    if (response.status === 200 && answer && 'ok' in answer) return answer.ok;
    if (typeof answer?.error === 'string') {
      throw new HumanError(answer.error, {
        remedy: vscode.l10n.t('The simulator refused “{0}”.', command),
      });
    }
    throw new HumanError(
      vscode.l10n.t('Something other than the simulator answers at {0}.', new URL(url).origin),
      { remedy: vscode.l10n.t('Choose another port in the setting botChannels.simulator.port.') },
    );
  }

  private async launch(): Promise<PracticeDetails> {
    await this.stop();
    const port = Number(new URL(this.origin).port || 80);
    const child = fork(this.cliPath, ['simulate', '--json', '--port', String(port)], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
      env: childEnvironment(),
    });
    this.#child = child;
    let complaint = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      complaint = lastLineOf(complaint + chunk.toString('utf8'));
    });
    child.once('error', () => {
      if (this.#child === child) this.#child = undefined;
    });
    child.once('exit', (code, signal) => {
      if (this.#child !== child) return;
      this.#child = undefined;
      this.log.info(`simulator ended (${signal ?? code ?? 'unknown'})`);
      this.forget();
    });
    const details = await this.firstLine(child, () => complaint);
    setContext('botChannels.simulatorOwned', true);
    this.log.info(`simulator listens at ${details.server}`);
    this.remember(details);
    return details;
  }

  private firstLine(child: ChildProcess, complaint: () => string): Promise<PracticeDetails> {
    return new Promise((resolve, reject) => {
      let text = '';
      const fail = (sentence: string): void => {
        clearTimeout(timer);
        reject(
          new HumanError(sentence, {
            remedy: vscode.l10n.t('Choose another port in the setting botChannels.simulator.port.'),
          }),
        );
      };
      const timer = setTimeout(() => {
        child.kill('SIGKILL');
        fail(vscode.l10n.t('The simulator did not start in time.'));
      }, START_TIMEOUT_MS);
      child.stdout?.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
        const end = text.indexOf('\n');
        if (end < 0) return;
        clearTimeout(timer);
        try {
          resolve(parseDetails(JSON.parse(text.slice(0, end))));
        } catch (error) {
          child.kill('SIGKILL');
          reject(error instanceof Error ? error : new Error(String(error)));
        }
        child.stdout?.removeAllListeners('data').resume();
      });
      child.once('error', (error) => fail(error.message));
      child.once('exit', () =>
        fail(complaint() || vscode.l10n.t('The simulator ended before it was ready.')),
      );
    });
  }

  private remember(details: PracticeDetails): void {
    if (JSON.stringify(details) === JSON.stringify(this.#known)) return;
    this.#known = details;
    this.#changed.fire(details);
  }

  private forget(): void {
    setContext('botChannels.simulatorOwned', false);
    if (!this.#known) return;
    this.#known = undefined;
    this.#changed.fire(undefined);
  }

  async dispose(): Promise<void> {
    this.#changed.dispose();
    await this.stop();
  }
}
