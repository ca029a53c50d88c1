/** What stands in a log or an error text where a secret stood. */
export const REDACTED = '•••';

/** Shorter values are not searched for: they would blot out ordinary words. */
const SHORTEST_SECRET = 6;

/** Names whose values are secret wherever they appear in a URL, a form or a JSON text. */
const SECRET_NAMES =
  'access_token|refresh_token|ws_access_token|client_secret|assertion|code_verifier|code|id_token|token|verify_token|hub\\.verify_token|hub%2Everify_token|password';

const IN_QUERY = new RegExp(`((?:^|[?&\\s"'“(])(?:${SECRET_NAMES})=)[^&\\s"'#”)]+`, 'gi');
const IN_JSON = new RegExp(`("(?:${SECRET_NAMES})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)+(")`, 'gi');
const IN_HEADER =
  /\b((?:authorization|x-dimelo-secret|verification-token)["']?\s*[:=]\s*["']?)(?:(?:bearer|basic)\s+)?[^\s"',}]+/gi;

/**
 * The one redaction used by every sink (log, notification, report, crash text). It knows the values
 * that were told to it, and the places where RingCentral and Engage carry secrets.
 */
export class Redactor {
  readonly #values = new Set<string>();

  /** Remembers a secret's value; its URL-encoded and base64 forms are found too. */
  learn(value: string | undefined): void {
    if (value === undefined || value.length < SHORTEST_SECRET) return;
    this.#values.add(value);
    this.#values.add(encodeURIComponent(value));
    this.#values.add(Buffer.from(value, 'utf8').toString('base64'));
  }

  redact(text: string): string {
    let out = text;
    for (const value of [...this.#values].sort((a, b) => b.length - a.length)) {
      if (out.includes(value)) out = out.replaceAll(value, REDACTED);
    }
    return out
      .replace(IN_QUERY, `$1${REDACTED}`)
      .replace(IN_JSON, `$1${REDACTED}$2`)
      .replace(IN_HEADER, `$1${REDACTED}`);
  }
}
