import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import * as l10n from '@vscode/l10n';
import { pause, type Clock } from '../base/clock';
import { Emitter, type Event } from '../base/emitter';
import { HumanError, lineOf } from '../base/humanError';
import type { Disposable } from '../base/lifetime';
import type { Log } from '../base/log';
import { CAPTURE_ASSUMPTIONS } from './assumptions';
import type { AnswerParts } from './compose';
import type { CaptureEntry } from './entry';
import type { RawAnswer } from './exchange';
import { Forwarder } from './forwarder';
import { Journal } from './journal';
import { listen } from './listen';
import { acknowledgement, refusal, tooLarge } from './ownAnswers';
import { receive, type ReceivedRequest } from './receive';
import { sendAnswer } from './sendAnswer';
import { Target } from './target';
import type { SecretVault } from './vault';

export interface RecorderOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** The capture file; lines are added to one that is there. */
  readonly file: string;
  /** The bot's address; without it, deliveries are acknowledged and kept. */
  readonly forward?: string;
  readonly vault: SecretVault;
  readonly clock: Clock;
  readonly log: Log;
  /** Larger bodies are cut off and refused with 413. */
  readonly maxBodyBytes?: number;
  readonly forwardTimeoutMs?: number;
}

/**
 * Receives deliveries on the loopback interface, writes each to disk as it came, and only then
 * passes it on or acknowledges it. A delivery that cannot be written is answered with 500, so that
 * its sender tries again.
 */
export class Recorder implements Disposable {
  readonly #recorded = new Emitter<CaptureEntry>();
  /** The request first, the same entry again with its answer. */
  readonly onDidRecord: Event<CaptureEntry> = this.#recorded.event;
  readonly #underWay = new Set<Promise<void>>();
  readonly #server: Server;
  readonly #limit: number;
  readonly #forwarder: Forwarder | undefined;
  #journal: Promise<Journal> | undefined;
  #stopping: Promise<void> | undefined;
  #port = 0;

  private constructor(
    private readonly o: RecorderOptions,
    target: Target | undefined,
  ) {
    this.#limit = o.maxBodyBytes ?? CAPTURE_ASSUMPTIONS.maxBodyBytes;
    const timeoutMs = o.forwardTimeoutMs ?? CAPTURE_ASSUMPTIONS.forwardTimeoutMs;
    this.#forwarder = target && new Forwarder(target, o.clock, timeoutMs);
    const take = (request: IncomingMessage, response: ServerResponse): void => {
      const work = this.#handle(request, response)
        .catch((error: unknown) => {
          o.log.error(error instanceof Error ? error : String(error));
          return sendAnswer(response, refusal(500, l10n.t('The recorder has failed.')));
        })
        .finally(() => this.#underWay.delete(work));
      this.#underWay.add(work);
    };
    // Deliveries come as their senders make them: all are kept, none is judged here.
    this.#server = createServer({ requireHostHeader: false, maxHeaderSize: 64 * 1024 }, take);
    this.#server.on('checkExpectation', take);
    this.#server.maxHeadersCount = 0;
    this.#server.keepAliveTimeout = 65_000;
  }

  /** @throws HumanError when the port is taken, or the file or the bot's address is of no use */
  static async start(o: RecorderOptions): Promise<Recorder> {
    const target = o.forward === undefined ? undefined : Target.parse(o.forward);
    if (target?.isLoopback(o.port)) throw forwardsToItself(o.port);
    const recorder = new Recorder(o, target);
    try {
      recorder.#port = await listen(recorder.#server, o.port);
      recorder.#journal = Journal.open(o.file, o.vault);
      for (const notice of (await recorder.#journal).notices) o.log.warn(notice);
    } catch (error) {
      await recorder.dispose();
      throw error;
    }
    return recorder;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get file(): string {
    return this.o.file;
  }

  /** Takes nothing more, finishes what is under way within a few seconds, and closes the file. */
  dispose(): Promise<void> {
    return (this.#stopping ??= this.#stop());
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isLate = this.#stopping !== undefined;
    const received = await receive(request, this.#limit, this.o.clock.now());
    const journal = await this.#journal?.catch(() => undefined);
    if (journal === undefined || isLate) {
      await sendAnswer(response, refusal(503, l10n.t('The recorder is stopping.')));
      return;
    }
    const entry = await this.#begin(journal, received);
    if (entry instanceof HumanError) {
      await sendAnswer(response, refusal(500, entry.message));
      return;
    }
    if (received.state === 'cutOff') return;
    const parts = await this.#answer(received);
    await this.#finish(journal, entry, received, parts);
    await sendAnswer(response, parts.answer);
  }

  async #begin(journal: Journal, received: ReceivedRequest): Promise<CaptureEntry | HumanError> {
    try {
      const entry = await journal.begin(received, `127.0.0.1:${this.#port}`);
      this.#recorded.fire(entry);
      return entry;
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      this.o.log.error(lineOf(error));
      return error;
    }
  }

  async #answer(received: ReceivedRequest): Promise<AnswerParts & { answer: RawAnswer }> {
    if (received.state === 'tooLarge') return { answer: tooLarge(this.#limit), time: 0 };
    if (this.#forwarder === undefined) return { answer: acknowledgement(received), time: 0 };
    return this.#forwarder.pass(received);
  }

  /** The delivery is on disk already: its answer goes out even when it cannot be written. */
  async #finish(
    journal: Journal,
    entry: CaptureEntry,
    received: ReceivedRequest,
    parts: AnswerParts,
  ): Promise<void> {
    try {
      this.#recorded.fire(await journal.finish(entry, received, parts));
    } catch (error) {
      if (!(error instanceof HumanError)) throw error;
      this.o.log.error(lineOf(error));
    }
  }

  async #stop(): Promise<void> {
    const { stopWithinMs, lastAnswersMs } = CAPTURE_ASSUMPTIONS;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeIdleConnections();
    await this.#settle(stopWithinMs - lastAnswersMs);
    // Who waits for the bot is told that the recorder stops; who still uploads is cut off.
    await this.#forwarder?.dispose();
    await this.#settle(lastAnswersMs);
    this.#server.closeAllConnections();
    await Promise.allSettled(this.#underWay);
    await closed;
    const journal = await this.#journal?.catch(() => undefined);
    await journal?.close();
    this.#recorded.dispose();
  }

  async #settle(ms: number): Promise<void> {
    if (this.#underWay.size === 0) return;
    const enough = new AbortController();
    const limit = pause(this.o.clock, ms, enough.signal).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.#underWay), limit]);
    enough.abort();
  }
}

function forwardsToItself(port: number): HumanError {
  return new HumanError(l10n.t('The recorder would pass deliveries on to itself.'), {
    remedy: l10n.t('Name the bot’s own port, or record on another one than {0}.', port),
  });
}
