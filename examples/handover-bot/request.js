import { setTimeout as sleep } from 'node:timers/promises';

/** A request that was refused (`status`, the platform's `code`) or never answered (no `status`). */
export class RequestFailed extends Error {
  constructor(message, { status, code, retryAfterMs } = {}) {
    super(message);
    this.name = 'RequestFailed';
    this.status = status;
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }

  /** Busy, broken or away now; the same request may well pass later. */
  get isPassing() {
    return this.status === undefined || [409, 429].includes(this.status) || this.status >= 500;
  }
}

/** One request; the answer as JSON (or text when it is none). Anything but 2xx throws. */
export async function request(method, url, { token, json, form, body, headers = {} } = {}) {
  const init = { method, headers: { Accept: 'application/json', ...headers } };
  if (token) init.headers.Authorization = `Bearer ${token}`;
  if (json !== undefined || body !== undefined) {
    init.headers['Content-Type'] = 'application/json';
    init.body = body ?? JSON.stringify(json);
  } else if (form) {
    init.body = new URLSearchParams(form);
  }
  // A token is meant for this server only, so a redirect is not followed.
  init.redirect = 'manual';
  init.signal = AbortSignal.timeout(10_000);

  const { origin, pathname } = new URL(url);
  let response;
  let text;
  try {
    response = await fetch(url, init);
    text = await response.text();
  } catch (error) {
    const reason = error.cause?.code ?? error.cause?.message ?? error.name;
    throw new RequestFailed(`${origin} does not answer (${reason})`);
  }
  const content = parse(text);
  if (response.ok) return content;

  // RingCentral: errors[0].errorCode is the current code, the one on top may be an older word.
  // OAuth and Engage: error. Engage's Send API: plain text.
  const problem = content?.errors?.[0] ?? content;
  const code = problem?.errorCode ?? content?.error;
  const message = problem?.message ?? content?.error_description ?? text;
  const seconds = Number(response.headers.get('retry-after'));
  throw new RequestFailed(
    [`${method} ${pathname} was answered`, response.status, code, String(message).slice(0, 200)]
      .filter(Boolean)
      .join(' '),
    { status: response.status, code, ...(seconds > 0 && { retryAfterMs: seconds * 1000 }) },
  );
}

/** Tries `action` again while it fails in a passing way, each time waiting twice as long. */
export async function retrying(action, { tries = 4, waitMs = 250 } = {}) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      if (attempt >= tries || !error.isPassing) throw error;
      // A limited caller who asks too early starts the penalty again; a long one is not waited for.
      if (error.retryAfterMs > 5_000) throw error;
      await sleep(error.retryAfterMs ?? waitMs * 2 ** (attempt - 1));
    }
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
