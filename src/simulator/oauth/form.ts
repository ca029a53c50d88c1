import { OAuthProblem } from '../errors/oauthProblem';

/**
 * Reads the parameters of an OAuth request. An empty value is an absent one, since the official SDK
 * sends every parameter it does not use as an empty string; a repeated one is an error (OAU-111).
 */
export class OAuthForm {
  readonly #fields = new Map<string, unknown>();

  /** Query and body, as they were parsed; the later one counts. */
  constructor(...sources: unknown[]) {
    for (const source of sources) {
      if (typeof source !== 'object' || source === null) continue;
      for (const [name, value] of Object.entries(source)) this.#fields.set(name, value);
    }
  }

  get(name: string): string | undefined {
    const value = this.#fields.get(name);
    if (Array.isArray(value)) {
      throw new OAuthProblem(
        400,
        'invalid_request',
        'OAU-111',
        'Request parameter duplication detected',
      );
    }
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** A whole number, or undefined when it is absent or none. */
  seconds(name: string): number | undefined {
    const text = this.get(name);
    return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined;
  }
}
