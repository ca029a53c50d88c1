import * as l10n from '@vscode/l10n';
import { HumanError } from '../base/humanError';
import type { Output } from './output';

/** A command: its arguments in, the process's exit code out. */
export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly about: string;
  readonly run: (args: readonly string[], output: Output) => Promise<number>;
}

export interface Program {
  readonly version: string;
  readonly commands: readonly Command[];
}

/** Exit codes: 0 good, 1 an expectation failed, 2 it could not run. */
export async function run(
  program: Program,
  argv: readonly string[],
  output: Output,
): Promise<number> {
  try {
    return await runCommand(program, argv, output);
  } catch (error) {
    output.error(error);
    return 2;
  }
}

async function runCommand(
  program: Program,
  [name, ...args]: readonly string[],
  output: Output,
): Promise<number> {
  switch (name) {
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      output.line(overview(program));
      return 0;
    case '--version':
    case '-v':
      output.line(program.version);
      return 0;
    default: {
      const command = program.commands.find((one) => one.name === name);
      if (command === undefined) throw unknown(name);
      return command.run(args, output);
    }
  }
}

function overview({ commands }: Program): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return [
    l10n.t('bot-channels COMMAND [OPTIONS]'),
    '',
    ...commands.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`),
    '',
    l10n.t('“bot-channels COMMAND --help” tells more; “bot-channels --version” names the version.'),
  ].join('\n');
}

function unknown(name: string): HumanError {
  return new HumanError(l10n.t('There is no command “{0}”.', name), {
    remedy: l10n.t('“{0}” lists them.', 'bot-channels --help'),
  });
}
