import { isRecord } from './json';

/** What a delivery is, told by its shape alone. */
export const CAPTURE_KINDS = [
  /** Engage Digital checks a webhook's address: GET with `hub.mode`. */
  'handshake',
  /** RingCentral checks a webhook's address: a `Validation-Token` header. */
  'validation',
  /** Engage Digital: `events`. */
  'webhook',
  /** Engage Digital's Source SDK: `action` and `params`. */
  'source-sdk',
  /** RingCentral: the event envelope of a subscription. */
  'notification',
  /** RingCentral: somebody pressed a button of an adaptive card. */
  'interactive',
  /** RingCentral: a bot was installed, and this is its token or its code. */
  'install',
  'http',
] as const;

export type CaptureKind = (typeof CAPTURE_KINDS)[number];

/** A request as far as its kind and conversation depend on it. */
export interface RequestShape {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** Names in any case. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** The body read as JSON; undefined when it is none. */
  readonly json: unknown;
  /** The body read as text. */
  readonly text: string;
}

/**
 * Engage Digital docs: Webhooks, Source SDK (both may share one address); RingCentral developer
 * guide: Creating webhooks, Interactive messages, Bot installation.
 */
export function kindOf(request: RequestShape): CaptureKind {
  const query = queryOf(request.target);
  const has = (name: string): boolean =>
    request.headers.some((header) => header.name.toLowerCase() === name);
  if (request.method === 'GET' && query.has('hub.mode')) return 'handshake';
  if (has('validation-token')) return 'validation';
  if (has('x-glip-signature')) return 'interactive';
  if (request.method === 'GET')
    return query.has('code') && query.has('creator_extension_id') ? 'install' : 'http';
  const { json } = request;
  if (!isRecord(json)) return isInstallForm(request.text) ? 'install' : 'http';
  if (Array.isArray(json.events)) return 'webhook';
  if (typeof json.action === 'string') return 'source-sdk';
  if (isEnvelope(json)) return 'notification';
  if ('access_token' in json && 'creator_extension_id' in json) return 'install';
  return 'http';
}

export function queryOf(target: string): URLSearchParams {
  const at = target.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : target.slice(at + 1));
}

/** Samples of the guide leave one or the other out: a push transport's form wraps the event. */
function isEnvelope(json: Record<string, unknown>): boolean {
  return (
    typeof json.uuid === 'string' && (typeof json.event === 'string' || 'subscriptionId' in json)
  );
}

function isInstallForm(text: string): boolean {
  return /(?:^|&)creator_extension_id=/.test(text) && /(?:^|&)access_token=/.test(text);
}
