import * as l10n from '@vscode/l10n';
import { systemClock } from '../base/clock';
import type { CaptureEntry } from '../captures';
import { deliveryLine } from './deliveryLine';
import { mistake, portOf, readOptions } from './options';
import type { Output } from './output';
import { StopSignals } from './stopSignals';

const DEFAULT_PORT = 4770;

function help(): string {
  return l10n.t(`bot-channels record --out FILE [--port N] [--forward URL] [--json]

Receives deliveries on this machine and writes each to a capture file before it is answered.
Stops with Ctrl+C.

  --out FILE      the capture file, NAME.capture.ndjson; lines are added to one that is there
  --port N        the port to listen on, 4770 when absent; 0 takes any free one
  --forward URL   pass each delivery on to the bot there and answer what it answers: an origin
                  keeps path and query, an address with a path replaces the path
  --json          the first line is {"url":URL}, then one line for each delivery

Secrets are written as references, such as '{{secret:WEBHOOK_SECRET}}'. A later replay reads them
from variables such as BOT_CHANNELS_SECRET_WEBHOOK_SECRET.`);
}

/** Records until stopped; 0 then. */
export async function record(args: readonly string[], output: Output): Promise<number> {
  const options = {
    port: { type: 'string' },
    out: { type: 'string' },
    forward: { type: 'string' },
    json: { type: 'boolean' },
  } as const;
  const { values } = readOptions('record', args, options, 0);
  if (values.help) {
    output.line(help());
    return 0;
  }
  const port = portOf('record', values.port, DEFAULT_PORT);
  if (!values.out) throw mistake('record', l10n.t('The option {0} is missing.', '--out'));

  const stop = new StopSignals();
  try {
    const { EnvironmentVault, Recorder } = await import('../captures');
    const vault = new EnvironmentVault(process.env);
    const show = await shower(output, values.json === true);
    const recorder = await Recorder.start({
      port,
      file: values.out,
      ...(values.forward !== undefined && { forward: values.forward }),
      vault,
      clock: systemClock,
      log: output.log(),
    });
    if (values.json) output.json({ url: recorder.url });
    else output.line(greeting(recorder.url, values.out, values.forward));
    recorder.onDidRecord(show);
    await stop.wait();
    await recorder.dispose();
    if (vault.introduced.length > 0) {
      const variables = vault.introduced.map((name) => EnvironmentVault.variableOf(name));
      output.note(l10n.t('To replay this capture, set {0}.', variables.join(', ')));
    }
    return 0;
  } finally {
    stop.dispose();
  }
}

function greeting(url: string, file: string, forward: string | undefined): string {
  return forward === undefined
    ? l10n.t('Recording at {0} into {1}. Ctrl+C stops.', url, file)
    : l10n.t('Recording at {0} into {1}, passing on to {2}. Ctrl+C stops.', url, file, forward);
}

/** Shows a delivery once it is over. */
async function shower(output: Output, isJson: boolean): Promise<(entry: CaptureEntry) => void> {
  const { isAnswered, titleOf } = await import('../captures');
  return (entry) => {
    if (!isAnswered(entry) && entry._error === undefined) return;
    const { status, statusText } = entry.response;
    const title = titleOf(entry);
    if (isJson)
      output.json({
        id: entry._id,
        seq: entry._seq,
        kind: entry._kind,
        title,
        conversation: entry._conversation,
        status,
        durationMs: entry.time,
        ...(entry._error !== undefined && { problem: entry._error }),
      });
    else
      output.line(
        deliveryLine(output, {
          at: new Date(entry.startedDateTime),
          title,
          conversation: entry._conversation,
          status,
          statusText,
          ms: entry.time,
          ...(entry._error !== undefined && { problem: entry._error }),
        }),
      );
  };
}
