import { type Redactor } from '../base/redact';
import type { HttpClient, HttpResponse } from './httpClient';

const DEEPEST = 8;

/**
 * A server's refusal is shown to people, shortened, and a server may repeat in it what it was sent.
 * So secrets are taken out of refusals before anybody reads them: half a secret would not be
 * recognized any more.
 */
export function discreetHttp(
  http: Pick<HttpClient, 'send'>,
  redactor: Redactor,
): Pick<HttpClient, 'send'> {
  return {
    send: async (request) => {
      const response = await http.send(request);
      return response.status < 300 ? response : withoutSecrets(response, redactor);
    },
  };
}

function withoutSecrets(response: HttpResponse, redactor: Redactor): HttpResponse {
  const text = redactor.redact(response.text());
  return {
    status: response.status,
    headers: response.headers,
    body: Buffer.from(text, 'utf8'),
    text: () => text,
    json: () => cleaned(response.json(), redactor, 0),
  };
}

function cleaned(value: unknown, redactor: Redactor, depth: number): unknown {
  if (typeof value === 'string') return redactor.redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) return undefined;
  if (Array.isArray(value)) return value.map((item) => cleaned(item, redactor, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, cleaned(item, redactor, depth + 1)]),
  );
}
