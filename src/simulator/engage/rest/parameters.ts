import type { Problems } from '../problems';

type Value = unknown;

/**
 * The parameters of a request, wherever they stood: query, form or JSON body, the body's winning.
 * `name[]=a&name[]=b` is a list, `name[key]=v` a hash (Engage Digital docs, Requests).
 */
export class Parameters {
  readonly #values = new Map<string, Value>();

  constructor(private readonly problems: Problems) {}

  addForm(text: string): void {
    for (const [key, value] of new URLSearchParams(text)) this.#addField(key, value);
  }

  addJson(text: string): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw this.problems.badRequest('The body is no valid JSON');
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw this.problems.badRequest('The body is no JSON object');
    }
    for (const [key, field] of Object.entries(value)) this.#values.set(key, field);
  }

  /** Takes over the values of a body, which win over those of the query. */
  override(body: Parameters): void {
    for (const [key, value] of body.#values) this.#values.set(key, value);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** A single value as text; null and absence are undefined. */
  text(name: string): string | undefined {
    const value = this.#values.get(name);
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw this.problems.badRequest(`${name} must be a single value`);
  }

  required(name: string): string {
    const text = this.text(name);
    if (text === undefined || text === '') throw this.problems.invalid(`${name} can't be blank`);
    return text;
  }

  flag(name: string): boolean | undefined {
    const text = this.text(name)?.toLowerCase();
    if (text === undefined || text === '') return undefined;
    if (['true', '1', 'on'].includes(text)) return true;
    if (['false', '0', 'off'].includes(text)) return false;
    throw this.problems.badRequest(`${name} must be true or false`);
  }

  whole(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined || text === '') return undefined;
    if (!/^\d{1,9}$/.test(text)) throw this.problems.badRequest(`${name} must be a whole number`);
    return Number(text);
  }

  /** A list of texts; `name[]=` alone is the empty list. */
  list(name: string): string[] | undefined {
    const value = this.#values.get(name);
    if (value === undefined || value === null) return undefined;
    const items: unknown[] = Array.isArray(value) ? value : [value];
    return items
      .map((item) => {
        if (typeof item === 'string') return item;
        if (typeof item === 'number') return String(item);
        throw this.problems.badRequest(`${name} must be a list of texts`);
      })
      .filter((item) => item !== '');
  }

  #addField(key: string, value: string): void {
    const match = /^([^[\]]+)\[([^[\]]*)\](\[\])?$/.exec(key);
    if (!match) {
      this.#values.set(key, value);
      return;
    }
    const [, name = '', field = '', isList] = match;
    const before = this.#values.get(name);
    if (field === '') {
      this.#values.set(name, [...(Array.isArray(before) ? (before as unknown[]) : []), value]);
      return;
    }
    const hash = new Map(before instanceof Map ? (before as Map<string, unknown>) : []);
    const item = hash.get(field);
    const items = Array.isArray(item) ? (item as unknown[]) : [];
    hash.set(field, isList ? [...items, value] : value);
    this.#values.set(name, hash);
  }
}
