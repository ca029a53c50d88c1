/** What an error answer says about itself. */
export interface RemoteFault {
  /** `OAU-109`, `CMN-401`; or an OAuth word (`invalid_grant`) where no such code was given. */
  readonly code?: string;
  /** The server's own words, shortened. */
  readonly message?: string;
  /** The app or user permission that is missing. */
  readonly permission?: string;
}

const LONGEST_MESSAGE = 300;

/**
 * Reads both kinds of error bodies: REST `{errorCode, message, errors[]}` and OAuth
 * `{error, error_description, errors[]}`. `errors[0]` comes first, because the code at the top may be
 * an older word ("InvalidParameter" for CMN-101). Anything else gives an empty fault.
 */
export function readFault(body: unknown): RemoteFault {
  const top = recordOf(body);
  const first = recordOf(Array.isArray(top.errors) ? top.errors[0] : undefined);
  const code = textOf(first.errorCode) ?? textOf(top.errorCode) ?? textOf(top.error) ?? undefined;
  const message = textOf(first.message) ?? textOf(top.message) ?? textOf(top.error_description);
  const permission = textOf(first.permissionName) ?? textOf(top.permissionName);
  return {
    ...(code !== undefined && { code }),
    ...(message !== undefined && { message: shorten(message) }),
    ...(permission !== undefined && { permission }),
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').replace(/[.\s]+$/, '');
  return line.length > LONGEST_MESSAGE ? `${line.slice(0, LONGEST_MESSAGE)}…` : line;
}
