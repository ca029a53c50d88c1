import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import type { SimulatorDetails } from '../../src/simulator/index';

/** The folder of the example. */
export const EXAMPLE = path.resolve('examples/handover-bot');

const DEADLINE_MS = 8_000;

/** Asks until there is an answer; fails with what `what` says when there is none in time. */
export async function until<T>(
  what: () => string,
  ask: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Error(`In vain waited for: ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The environment that a bot practises with. */
export function practiceEnvironment(details: SimulatorDetails): NodeJS.ProcessEnv {
  const { engage } = details;
  return {
    RC_SERVER_URL: details.server,
    RC_BOT_TOKEN: details.botToken,
    BOT_CHANNELS_REALTIME_TOKEN: engage.realtimeToken,
    BOT_CHANNELS_WEBHOOK_SECRET: engage.webhookSecret,
    BOT_CHANNELS_VERIFY_TOKEN: engage.verifyToken,
    BOT_CHANNELS_ENGAGE_API_URL: engage.apiUrl,
    BOT_CHANNELS_ENGAGE_ACCESS_TOKEN: engage.accessToken,
    BOT_CHANNELS_ENGAGE_REALTIME_URL: engage.realtimeUrl,
    BOT_CHANNELS_ENGAGE_BOT_CATEGORY: engage.botCategoryId,
    BOT_CHANNELS_ENGAGE_AGENT_CATEGORY: engage.agentCategoryId,
  };
}

/** The example bot as a process of its own, on any free port. */
export class Bot {
  output = '';
  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
  }

  static start(env: NodeJS.ProcessEnv): Bot {
    const { PATH, SystemRoot } = process.env;
    return new Bot(
      spawn(process.execPath, [path.join(EXAMPLE, 'index.js')], {
        env: { PATH, SystemRoot, PORT: '0', ...env },
        stdio: 'pipe',
      }),
    );
  }

  says(pattern: RegExp): Promise<RegExpExecArray> {
    return until(
      () => `${pattern.source} in\n${this.output}`,
      () => pattern.exec(this.output) ?? undefined,
    );
  }

  async url(): Promise<string> {
    return (await this.says(/listens at (http:\S+?),/))[1]!;
  }

  ended(): Promise<number | null> {
    const { child } = this;
    if (child.exitCode !== null) return Promise.resolve(child.exitCode);
    return new Promise((resolve) => child.once('close', resolve));
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = this.ended();
    this.child.kill('SIGKILL');
    await ended;
  }
}
