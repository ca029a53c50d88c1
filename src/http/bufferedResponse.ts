import type { HttpResponse } from './httpClient';

const UTF8 = new TextDecoder('utf-8');

/** An answer whose body has been read to its end. */
export class BufferedResponse implements HttpResponse {
  readonly headers: Record<string, string | string[]> = {};

  constructor(
    readonly status: number,
    headers: Record<string, string | string[] | undefined>,
    readonly body: Uint8Array,
  ) {
    for (const [name, value] of Object.entries(headers)) {
      if (value !== undefined) this.headers[name.toLowerCase()] = value;
    }
  }

  text(): string {
    return UTF8.decode(this.body);
  }

  json(): unknown {
    try {
      return JSON.parse(this.text()) as unknown;
    } catch {
      return undefined;
    }
  }
}
