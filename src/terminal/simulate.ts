import * as l10n from '@vscode/l10n';
import { systemCode } from '../base/humanError';
import { portOf, readOptions } from './options';
import { plain, type Output } from './output';
import { StopSignals } from './stopSignals';

/** What is needed of the simulator, which is a program of its own and is loaded when it is wanted. */
export interface SimulatorModule {
  startSimulator: (options: {
    port?: number;
    env?: NodeJS.ProcessEnv;
    log?: (line: string) => void;
  }) => Promise<{ readonly url: string; details(): object; close(): Promise<void> }>;
}

const DEFAULT_PORT = 4747;

function help(): string {
  return l10n.t(`bot-channels simulate [--port N] [--json]

Runs the practice platform on this machine until it is stopped (Ctrl+C): RingCentral and Engage
Digital as they behave on the wire, with practice credentials.

  --port N   the port to listen on, 4747 when absent; 0 takes any free one
  --json     the first line is the practice credentials and addresses as JSON`);
}

/** Runs the practice platform; 0 when it was stopped. */
export async function simulate(
  args: readonly string[],
  output: Output,
  load: () => Promise<SimulatorModule>,
): Promise<number> {
  const options = { port: { type: 'string' }, json: { type: 'boolean' } } as const;
  const { values } = readOptions('simulate', args, options, 0);
  if (values.help) {
    output.line(help());
    return 0;
  }
  const port = portOf('simulate', values.port, DEFAULT_PORT);
  const stop = new StopSignals();
  try {
    const { startSimulator } = await load();
    const log = (line: string): void => output.note(line);
    const simulator = await startSimulator({
      port,
      env: process.env,
      ...(!values.json && { log }),
    }).catch(async (error: unknown) => {
      if (systemCode(error) === undefined) throw error;
      throw (await import('../captures')).portProblem(port, error);
    });
    if (values.json) output.json(simulator.details());
    else show(output, simulator.url, simulator.details());
    await stop.wait();
    await simulator.close();
    return 0;
  } finally {
    stop.dispose();
  }
}

function show(output: Output, url: string, details: object): void {
  output.line(l10n.t('The practice platform runs at {0}. Ctrl+C stops it.', url));
  const rows = [...rowsOf(details)];
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, value] of rows)
    output.line(`  ${output.paint('dim', name.padEnd(width))}  ${plain(value)}`);
}

function* rowsOf(details: object, prefix = ''): Generator<[string, string]> {
  for (const [name, value] of Object.entries(details) as [string, unknown][]) {
    const path = prefix + name;
    if (Array.isArray(value)) yield [path, value.map(String).join(' ')];
    else if (typeof value === 'object' && value !== null) yield* rowsOf(value, `${path}.`);
    else yield [path, String(value)];
  }
}
