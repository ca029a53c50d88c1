import * as l10n from '@vscode/l10n';
import { targetOf, type CaptureEntry } from './entry';
import { idOf, isRecord, member, parseJson, textOf } from './json';
import { queryOf } from './kinds';

const LONGEST_SUMMARY = 120;

/**
 * What a delivery is, in the platform's own terms: `intervention.closed`, `messages.create`,
 * `PostAdded`, `GET handshake`.
 */
export function titleOf(entry: CaptureEntry): string {
  const json = jsonOf(entry);
  switch (entry._kind) {
    case 'handshake':
    case 'validation':
      return `${entry.request.method} ${entry._kind}`;
    case 'webhook':
      return eventTitle(json) ?? pathTitle(entry);
    case 'source-sdk':
      return textOf(member(json, 'action')) ?? pathTitle(entry);
    case 'notification':
      return notificationTitle(json) ?? pathTitle(entry);
    case 'interactive':
      return textOf(member(json, 'type')) ?? 'button_submit';
    case 'install':
      return `${entry.request.method} install`;
    case 'http':
      return pathTitle(entry);
  }
}

/** What it says, in one short line for people; empty where there is nothing to say. */
export function summaryOf(entry: CaptureEntry): string {
  return shortened(contentOf(entry) ?? '');
}

function contentOf(entry: CaptureEntry): string | undefined {
  const json = jsonOf(entry);
  switch (entry._kind) {
    case 'handshake': {
      const challenge = queryOf(targetOf(entry.request.url)).get('hub.challenge') ?? '';
      return l10n.t('challenge {0}', challenge);
    }
    case 'validation':
      return undefined;
    case 'webhook':
      return eventSummary(json);
    case 'source-sdk': {
      const params = member(json, 'params');
      return textOf(member(params, 'body')) ?? idOf(member(params, 'id'));
    }
    case 'notification': {
      const body = member(json, 'body');
      return (
        textOf(member(body, 'text')) ?? textOf(member(body, 'name')) ?? idOf(member(body, 'id'))
      );
    }
    case 'interactive':
      return isRecord(member(json, 'data')) ? JSON.stringify(member(json, 'data')) : undefined;
    case 'install': {
      const account = idOf(member(json, 'creator_account_id'));
      return account === undefined ? undefined : l10n.t('account {0}', account);
    }
    case 'http':
      return isText(entry) ? entry.request.postData?.text : undefined;
  }
}

function eventTitle(json: unknown): string | undefined {
  const types = eventsOf(json).flatMap((event) => textOf(member(event, 'type')) ?? []);
  const [first] = types;
  if (first === undefined) return undefined;
  return types.length === 1 ? first : `${first} +${types.length - 1}`;
}

function eventSummary(json: unknown): string | undefined {
  const resource = member(eventsOf(json)[0], 'resource');
  const metadata = member(resource, 'metadata');
  const body = textOf(member(metadata, 'body')) ?? textOf(member(metadata, 'summary'));
  if (body !== undefined) return body;
  const thread = idOf(member(metadata, 'thread_id')) ?? idOf(member(metadata, 'content_thread_id'));
  if (thread !== undefined) return l10n.t('thread {0}', thread);
  const id = idOf(member(resource, 'id'));
  return id === undefined ? undefined : `${textOf(member(resource, 'type')) ?? ''} ${id}`.trim();
}

function notificationTitle(json: unknown): string | undefined {
  const type = textOf(member(member(json, 'body'), 'eventType'));
  if (type !== undefined) return type;
  // `/restapi/v1.0/account/1/extension/2/message-store?type=SMS` is known by its last word.
  const event = member(json, 'event') ?? member(member(json, 'pn_apns'), 'event');
  const path = textOf(event)?.replace(/\?.*$/, '');
  return path?.split('/').findLast((word) => word !== '' && word !== '~' && !/^\d+$/.test(word));
}

function pathTitle(entry: CaptureEntry): string {
  return `${entry.request.method} ${targetOf(entry.request.url).replace(/\?.*$/, '')}`;
}

function eventsOf(json: unknown): unknown[] {
  const events = member(json, 'events');
  return Array.isArray(events) ? (events as unknown[]) : [];
}

function jsonOf(entry: CaptureEntry): unknown {
  return isText(entry) ? parseJson(entry.request.postData?.text ?? '') : undefined;
}

function isText(entry: CaptureEntry): boolean {
  return entry.request.postData?._encoding === undefined;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= LONGEST_SUMMARY) return line;
  // Not in the middle of a pair of surrogates.
  return `${line.slice(0, LONGEST_SUMMARY - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
