import * as l10n from '@vscode/l10n';
import { isSame } from './pkce';

/** What the browser brought back, or why it is not what this sign-in waits for. */
export type Verdict =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'error'; readonly error: string; readonly description: string | undefined }
  | {
      readonly kind: 'rejected';
      readonly status: 400 | 404 | 405;
      readonly reason: string;
      /** Somebody answered this sign-in's address, though wrongly: worth telling at the end. */
      readonly isNearMiss: boolean;
    };

export interface CallbackRequest {
  readonly method: string;
  /** The request target as received: path and query. */
  readonly target: string;
  readonly host: string | undefined;
}

/** Parameters that must not come twice, or it is unclear which one was meant. */
const SINGLE = ['state', 'code', 'error', 'error_description'];

const LONGEST_CODE = 4096;
const LONGEST_SHOWN = 300;

/**
 * Judges one request to the callback server. Only an exact answer to this very sign-in (path, host
 * and state) counts; anything else may come from any page or program on the machine.
 */
export function judge(
  request: CallbackRequest,
  expected: { redirectUri: string; state: string },
): Verdict {
  const own = new URL(expected.redirectUri);
  // The host first: a foreign name that resolves to this machine is a rebinding attack.
  if (request.host?.toLowerCase() !== own.host.toLowerCase()) {
    return rejected(400, l10n.t('This address was called by another name.'));
  }
  const [path = '', query = ''] = request.target.split(/\?(.*)/s);
  if (path !== own.pathname) return rejected(404, l10n.t('There is nothing here.'));
  if (request.method !== 'GET') {
    return rejected(405, l10n.t('This address answers GET requests only.'));
  }
  const given = new URLSearchParams(query);
  if (SINGLE.some((name) => given.getAll(name).length > 1)) {
    return nearMiss(l10n.t('The answer says something twice.'));
  }
  const { state, code, error } = {
    state: given.get('state') ?? '',
    code: given.get('code') ?? '',
    error: given.get('error') ?? '',
  };
  if (!isSame(state, expected.state)) {
    return nearMiss(
      error === ''
        ? l10n.t('The answer belongs to another sign-in.')
        : l10n.t('The answer “{0}” does not say which sign-in it belongs to.', shown(error)),
    );
  }
  if (error !== '' && code !== '') return nearMiss(l10n.t('The answer contradicts itself.'));
  if (error !== '') {
    const description = given.get('error_description');
    return {
      kind: 'error',
      error: shown(error),
      description: description === null ? undefined : shown(description),
    };
  }
  if (code === '' || code.length > LONGEST_CODE) {
    return nearMiss(l10n.t('The answer has no usable code.'));
  }
  return { kind: 'code', code };
}

function rejected(status: 400 | 404 | 405, reason: string): Verdict {
  return { kind: 'rejected', status, reason, isNearMiss: false };
}

function nearMiss(reason: string): Verdict {
  return { kind: 'rejected', status: 400, reason, isNearMiss: true };
}

/** Foreign text as one short line. */
function shown(text: string): string {
  const line = text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim();
  return line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
}
