import type * as vscode from 'vscode';
import type { Redactor } from '../base/redact';

/** The output channel with every line redacted before it is written. */
export function redactingLog(
  channel: vscode.LogOutputChannel,
  redactor: Redactor,
): vscode.LogOutputChannel {
  const clean = (value: unknown): string =>
    redactor.redact(value instanceof Error ? (value.stack ?? value.message) : String(value));
  const writers = new Set(['trace', 'debug', 'info', 'warn', 'error', 'append', 'appendLine']);
  return new Proxy(channel, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]): unknown =>
        Reflect.apply(member, target, writers.has(String(name)) ? args.map(clean) : args);
    },
  });
}
