import * as l10n from '@vscode/l10n';
import { systemClock } from '../base/clock';
import type { SecretHider } from '../captures';
import type { ReplayResult, ReplaySummary, Speed } from '../replay';
import { deliveryLine } from './deliveryLine';
import { mistake, readOptions } from './options';
import type { Output } from './output';
import { StopSignals } from './stopSignals';

const MOST_CONNECTIONS = 1_000;

function help(): string {
  return l10n.t(`bot-channels replay FILE --target URL [--speed S] [--concurrency N]
                    [--only FILTER] [--json]

Sends the deliveries of a capture file to a bot again, byte for byte, and shows its answers.

  --target URL      an origin keeps each recorded path and query; an address with a path replaces
                    the path, and the query only with one of its own
  --speed S         recorded (the pauses as recorded, when absent), max, or a factor: 2 is twice as
                    fast
  --concurrency N   connections, 1 when absent; the deliveries of a conversation keep their order
  --only FILTER     words with commas between: an id, a kind, a conversation, or a part of a title;
                    "!" before a word takes out what it fits
  --json            one line for each delivery, and a summary last

Secrets are read from BOT_CHANNELS_SECRET_NAME, then BOT_CHANNELS_NAME.
Exit code 0: every delivery was answered, whatever the status; 2: it could not be sent.`);
}

/** Replays a capture; 0 when every delivery was answered, 2 otherwise. */
export async function replay(args: readonly string[], output: Output): Promise<number> {
  const options = {
    target: { type: 'string' },
    speed: { type: 'string' },
    concurrency: { type: 'string' },
    only: { type: 'string' },
    json: { type: 'boolean' },
  } as const;
  const { values, positionals } = readOptions('replay', args, options, 1);
  if (values.help) {
    output.line(help());
    return 0;
  }
  const [file] = positionals;
  if (file === undefined) throw mistake('replay', l10n.t('The capture file is missing.'));
  if (!values.target) throw mistake('replay', l10n.t('The option {0} is missing.', '--target'));
  const speed = speedOf(values.speed);
  const concurrency = concurrencyOf(values.concurrency);

  const stop = new StopSignals();
  try {
    const { EnvironmentVault, SecretHider, readCapture } = await import('../captures');
    const { replay: run } = await import('../replay');
    const { entries, notices } = await readCapture(file);
    for (const notice of notices) output.note(notice);
    const vault = new EnvironmentVault(process.env);
    const hider = await SecretHider.with(vault);
    const shown = new ShownResults(output, values.json === true, hider, values.target);
    const summary = await run(entries, {
      target: values.target,
      speed,
      concurrency,
      ...(values.only !== undefined && { only: values.only }),
      vault,
      clock: systemClock,
      signal: stop.signal,
      onResult: (result) => shown.add(result),
    });
    await shown.end(summary);
    return summary.failed > 0 || stop.signal.aborted ? 2 : 0;
  } finally {
    stop.dispose();
  }
}

/** Shows results in the order they came, with references where the answers repeat secrets. */
class ShownResults {
  #written: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly output: Output,
    private readonly isJson: boolean,
    private readonly hider: SecretHider,
    private readonly target: string,
  ) {}

  add(result: ReplayResult): void {
    this.#written = this.#written.then(() => this.#show(result));
  }

  async end(summary: ReplaySummary): Promise<void> {
    await this.#written;
    if (this.isJson) this.output.json({ summary });
    else this.output.line(this.output.paint('bold', summaryLine(summary)));
  }

  async #show(result: ReplayResult): Promise<void> {
    if (this.isJson) this.output.json(await this.#jsonOf(result));
    else
      this.output.line(
        deliveryLine(this.output, {
          at: new Date(),
          title: result.title,
          conversation: result.conversation,
          ...(result.status !== undefined && { status: result.status }),
          ...(result.statusText !== undefined && { statusText: result.statusText }),
          ms: result.durationMs,
          ...(result.problem && { problem: result.problem.message }),
        }),
      );
  }

  /** A recorded address holds references already; a query that was typed here may hold a secret. */
  async #urlOf({ url }: ReplayResult): Promise<string> {
    const typed = queryOf(this.target);
    return typed !== '' && url.endsWith(typed)
      ? url.slice(0, -typed.length) + (await this.hider.text(typed))
      : url;
  }

  async #jsonOf(result: ReplayResult): Promise<object> {
    const encoding = result.headers.find(({ name }) => name.toLowerCase() === 'content-encoding');
    const body = await this.hider.body(Buffer.from(result.body), encoding?.value);
    const headers: { name: string; value: string }[] = [];
    for (const { name, value } of result.headers)
      headers.push({ name, value: await this.hider.header(name, value) });
    const { problem } = result;
    return {
      ...result,
      url: await this.#urlOf(result),
      headers,
      body: body.text,
      ...(body.isBase64 && { encoding: 'base64' }),
      ...(problem && {
        problem: { message: problem.message, remedy: problem.remedy, code: problem.code },
      }),
    };
  }
}

function queryOf(target: string): string {
  return target.includes('?') ? target.slice(target.indexOf('?')) : '';
}

function summaryLine(summary: ReplaySummary): string {
  const { sent, answered, failed, skipped } = summary;
  const statuses = Object.entries(summary.statuses).map(([status, times]) => `${status} ×${times}`);
  const seconds = (summary.durationMs / 1000).toFixed(2);
  const counts = l10n.t(
    '{0} sent, {1} answered, {2} failed, {3} skipped in {4} s',
    sent,
    answered,
    failed,
    skipped,
    seconds,
  );
  return [counts, ...statuses].join(' · ');
}

function speedOf(text: string | undefined): Speed {
  if (text === undefined || text === 'recorded') return 'recorded';
  if (text === 'max') return 'max';
  const factor = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : 0;
  if (factor > 0) return factor;
  throw mistake('replay', l10n.t('“{0}” is no speed: use recorded, max, or a factor.', text));
}

function concurrencyOf(text: string | undefined): number {
  if (text === undefined) return 1;
  const connections = /^\d+$/.test(text) ? Number(text) : 0;
  if (connections >= 1 && connections <= MOST_CONNECTIONS) return connections;
  const most = MOST_CONNECTIONS;
  throw mistake('replay', l10n.t('“{0}” is no number of connections from 1 to {1}.', text, most));
}
