/** The connection's place in a session: what a later connection shows to take it up again. */
export interface WscToken {
  readonly token: string;
  readonly sequence: number;
}

export interface Frame {
  /** ConnectionDetails, ClientRequest (also the type of its answer), ServerNotification, Heartbeat, Error. */
  readonly type: string;
  readonly messageId?: string;
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly wsc?: WscToken;
  /** Parsed when it is JSON; the raw text when it is not (answers in parts); undefined when absent. */
  readonly body: unknown;
}

/**
 * Reads one text frame `[meta, body?]`. The body of an answer in several parts stands there as bare
 * text, so that the frame as a whole is no JSON. Undefined when not even the meta part can be read.
 * @see RingCentral developer guide, WebSockets
 */
export function readFrame(text: string): Frame | undefined {
  const whole = parse(text);
  if (Array.isArray(whole)) return frameOf(whole[0], whole[1]);
  const start = /^\s*\[\s*(?=\{)/.exec(text)?.[0].length;
  const end = start === undefined ? -1 : endOfObject(text, start);
  if (start === undefined || end < 0) return undefined;
  const rest = /^\s*,([\s\S]*?)\]?\s*$/.exec(text.slice(end))?.[1];
  return frameOf(parse(text.slice(start, end)), rest);
}

export function writeFrame(meta: Record<string, unknown>, body?: unknown): string {
  return JSON.stringify(body === undefined ? [meta] : [meta, body]);
}

function frameOf(meta: unknown, body: unknown): Frame | undefined {
  if (!isObject(meta) || typeof meta.type !== 'string') return undefined;
  const { type, messageId, status, headers, wsc } = meta;
  return {
    type,
    ...(typeof messageId === 'string' && { messageId }),
    ...(typeof status === 'number' && { status }),
    ...(isObject(headers) && { headers: headers as Record<string, string> }),
    ...(isObject(wsc) &&
      typeof wsc.token === 'string' && {
        wsc: { token: wsc.token, sequence: Number(wsc.sequence) || 0 },
      }),
    body,
  };
}

/** Index behind the object that begins at `start`; -1 when it does not end. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  let isInString = false;
  for (let i = start; i < text.length; i++) {
    const c = text[i];
    if (isInString) {
      if (c === '\\') i++;
      else if (c === '"') isInString = false;
    } else if (c === '"') isInString = true;
    else if (c === '{') depth++;
    else if (c === '}' && --depth === 0) return i + 1;
  }
  return -1;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
