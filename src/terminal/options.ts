import { parseArgs, type ParseArgsConfig } from 'node:util';
import * as l10n from '@vscode/l10n';
import { HumanError } from '../base/humanError';

type Config = NonNullable<ParseArgsConfig['options']>;
type Parsed<T extends Config> = ReturnType<
  typeof parseArgs<{ options: T & Help; allowPositionals: true }>
>;
interface Help extends Config {
  help: { type: 'boolean'; short: 'h' };
}

/** Reads a command's options, `--help` among them; a mistake is a `HumanError`. */
export function readOptions<T extends Config>(
  command: string,
  args: readonly string[],
  options: T,
  positionals: number,
): Parsed<T> {
  const all = { ...options, help: { type: 'boolean', short: 'h' } } as T & Help;
  try {
    const parsed = parseArgs({ args: [...args], options: all, allowPositionals: true });
    const extra = parsed.positionals[positionals];
    if (extra !== undefined) throw mistake(command, l10n.t('“{0}” is one word too many.', extra));
    return parsed;
  } catch (error) {
    if (error instanceof HumanError) throw error;
    throw mistake(command, sentenceOf(error));
  }
}

/** A sentence about what was typed, with the way to the command's help. */
export function mistake(command: string, sentence: string): HumanError {
  return new HumanError(sentence, {
    remedy: l10n.t('“{0}” shows how it is used.', `bot-channels ${command} --help`),
  });
}

/** A port number; `otherwise` when the option was not given. */
export function portOf(command: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65535) return port;
  throw mistake(command, l10n.t('“{0}” is not a port.', text));
}

function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const option = /'(-[^'\s]*)/.exec(message)?.[1] ?? '';
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return l10n.t('There is no option {0}.', option);
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return message.includes('does not take an argument')
        ? l10n.t('The option {0} takes no value.', option)
        : l10n.t('The option {0} needs a value.', option);
    case undefined:
    default:
      throw error;
  }
}
