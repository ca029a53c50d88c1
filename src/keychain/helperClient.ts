import { fork, type ChildProcess } from 'node:child_process';
import * as l10n from '@vscode/l10n';
import { type Clock } from '../base/clock';
import { HumanError } from '../base/humanError';
import { type Log } from '../base/log';
import { type Redactor } from '../base/redact';
import { isHelperAnswer, type HelperCall, type HelperRequest } from './helperProtocol';
import { type Entries } from './keychainStore';
import { explainKeychain, isStaleConnection } from './keychainTrouble';
import { type CallOptions } from './secretStore';

export interface HelperTimeouts {
  /** Milliseconds for a call that nobody waits for. */
  readonly machine: number;
  /** Milliseconds for a call that a person waits for: the keychain may ask to be unlocked. */
  readonly person: number;
}

export const DEFAULT_TIMEOUTS: HelperTimeouts = { machine: 3_000, person: 60_000 };

interface Waiting {
  readonly resolve: (value: string | boolean | null) => void;
  readonly reject: (error: Error) => void;
}

/** The helper ended before it had answered; the call may be made again. */
class HelperEnded extends Error {}

/** One helper process at a time; started when needed, killed when it does not answer. */
export class HelperClient implements Entries {
  readonly #o: {
    helperPath: string;
    service: string;
    timeouts: HelperTimeouts;
    clock: Clock;
    log: Log;
    redactor: Redactor;
  };
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #nextId = 1;
  #disposed = false;

  constructor(o: {
    helperPath: string;
    service: string;
    timeouts?: HelperTimeouts;
    clock: Clock;
    log: Log;
    redactor: Redactor;
  }) {
    this.#o = { ...o, timeouts: o.timeouts ?? DEFAULT_TIMEOUTS };
  }

  /** Throws a HumanError when the keychain refuses, does not answer in time or ends twice. */
  async call(call: HelperCall, options?: CallOptions): Promise<string | boolean | null> {
    const timeoutMs = this.#o.timeouts[options?.startedBy ?? 'machine'];
    try {
      return await this.#callOnce(call, timeoutMs);
    } catch (error) {
      if (!(error instanceof HelperEnded) || this.#disposed) throw asHuman(error);
      this.#o.log.warn(l10n.t('The keychain helper ended while it worked; it is started again.'));
      return await this.#callOnce(call, timeoutMs).catch((again: unknown) => {
        throw asHuman(again);
      });
    }
  }

  dispose(): void {
    this.#disposed = true;
    this.#end(new HelperEnded('disposed'));
  }

  #callOnce(call: HelperCall, timeoutMs: number): Promise<string | boolean | null> {
    return new Promise((resolve, reject) => {
      if (this.#disposed) {
        reject(new HelperEnded('disposed'));
        return;
      }
      let child: ChildProcess;
      try {
        child = this.#child ??= this.#start();
      } catch (error) {
        reject(new HelperEnded(String(error)));
        return;
      }
      const request: HelperRequest = { ...call, id: this.#nextId++, service: this.#o.service };
      const timer = this.#o.clock.after(timeoutMs, () => this.#end(silent(timeoutMs)));
      const settled = (): void => {
        timer.dispose();
        this.#waiting.delete(request.id);
        if (this.#waiting.size === 0) release(child);
      };
      this.#waiting.set(request.id, {
        resolve: (value) => {
          settled();
          resolve(value);
        },
        reject: (error) => {
          settled();
          reject(error);
        },
      });
      hold(child);
      child.send(request, (error) => {
        if (error && this.#child === child) this.#end(new HelperEnded(error.message));
      });
    });
  }

  #start(): ChildProcess {
    const child = fork(this.#o.helperPath, [], {
      execArgv: [],
      env: cleanEnvironment(process.env),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let complaint = '';
    child.stderr?.on('data', (bytes: Buffer) => {
      complaint = (complaint + bytes.toString('utf8')).slice(-2000);
    });
    child.on('message', (answer: unknown) => this.#receive(answer));
    const ended = (why: string): void => {
      if (this.#child !== child) return;
      if (complaint !== '') this.#o.log.debug(this.#o.redactor.redact(complaint.trim()));
      this.#end(new HelperEnded(why));
    };
    child.on('error', (error) => ended(error.message));
    child.on('exit', (code, signal) => ended(signal ?? `exit code ${String(code)}`));
    return child;
  }

  #receive(answer: unknown): void {
    if (!isHelperAnswer(answer)) return;
    const waiting = this.#waiting.get(answer.id);
    if (answer.ok) waiting?.resolve(answer.value);
    else if (isStaleConnection(answer.message)) this.#end(new HelperEnded(answer.message));
    else waiting?.reject(refused(this.#o.redactor.redact(answer.message)));
  }

  /** Ends the process; whoever still waits for it hears why. The next call starts another. */
  #end(why: Error): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGKILL');
    for (const waiting of [...this.#waiting.values()]) waiting.reject(why);
  }
}

/** An idle helper must not keep a program running that has come to its end. */
function release(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  (child.stderr as { unref?: () => void } | null)?.unref?.();
}

function hold(child: ChildProcess): void {
  child.ref();
  child.channel?.ref();
}

/** Without what the editor or a debugger put there for other processes. */
function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(
    ([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_INSPECT)/i.test(name),
  );
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}

function refused(message: string): HumanError {
  const { sentence, remedy } = explainKeychain(message);
  return new HumanError(`${sentence}.`, { remedy, cause: new Error(message) });
}

function silent(timeoutMs: number): HumanError {
  return new HumanError(l10n.t('The keychain did not answer within {0} s.', timeoutMs / 1000), {
    remedy: l10n.t('Unlock it (a prompt may wait behind another window), then try again.'),
    code: 'ETIMEDOUT',
  });
}

function asHuman(error: unknown): unknown {
  if (!(error instanceof HelperEnded)) return error;
  if (isStaleConnection(error.message)) return refused(error.message);
  return new HumanError(l10n.t('The process that reads the keychain ended unexpectedly.'), {
    remedy: l10n.t('Try again; if it happens every time, restart the keychain or the computer.'),
    cause: error,
  });
}
