/** What the keychain client asks of its helper process, over Node's IPC channel. */
export type HelperRequest = { readonly id: number; readonly service: string } & HelperCall;

export type HelperCall =
  | { readonly op: 'get'; readonly account: string }
  | { readonly op: 'set'; readonly account: string; readonly value: string }
  | { readonly op: 'delete'; readonly account: string };

/** `value` is the text for `get` (null: none), whether there was one for `delete`. */
export type HelperAnswer =
  | { readonly id: number; readonly ok: true; readonly value: string | boolean | null }
  | { readonly id: number; readonly ok: false; readonly message: string };

export function isHelperAnswer(value: unknown): value is HelperAnswer {
  if (typeof value !== 'object' || value === null) return false;
  const { id, ok, message } = value as Partial<Record<'id' | 'ok' | 'message', unknown>>;
  return typeof id === 'number' && (ok === true || (ok === false && typeof message === 'string'));
}
