import * as vscode from 'vscode';
import { HumanError } from '../../base/humanError';
import type { Services } from '../services/services';
import type { CommandId } from '../ids';
import { showError } from '../showError';

/**
 * One command: its id and what it does. The argument is whatever the caller hands over: a tree node,
 * a document's URI, or nothing from the palette.
 */
export interface Command {
  readonly id: CommandId;
  run(services: Services, argument: unknown): Promise<unknown>;
}

/** Thrown to end a command quietly when a person pressed Escape. */
export class Cancelled extends Error {}

/** Unwraps a pick or an input; `undefined` means that the person pressed Escape. */
export function orCancel<T>(value: T | undefined): T {
  if (value === undefined) throw new Cancelled('cancelled');
  return value;
}

export function registerCommand(services: Services, command: Command): vscode.Disposable {
  return vscode.commands.registerCommand(command.id, async (argument: unknown) => {
    try {
      return await command.run(services, argument);
    } catch (error) {
      if (error instanceof Cancelled) return undefined;
      if (error instanceof HumanError) services.log.warn(error.toLine());
      else services.log.error(error instanceof Error ? error : String(error));
      await showError(services, error);
      return undefined;
    }
  });
}
