import { CAPTURE_ASSUMPTIONS } from './assumptions';
import { spell, type Spelling } from './secretReferences';

/** Where a secret stands in a text, from `start` up to `end`, in UTF-16 units. */
export interface SecretPlace {
  readonly start: number;
  readonly end: number;
  /** The NAME wished for it; a vault may choose another. */
  readonly name: string;
  /** What the vault is to keep; spelled as `spelling` says it is exactly the text in its place. */
  readonly value: string;
  readonly spelling: Spelling;
}

const FIELDS: Readonly<Record<string, string>> = CAPTURE_ASSUMPTIONS.secretFields;
const FIELD = Object.keys(FIELDS)
  .map((name) => name.replaceAll('.', '(?:\\.|%2e)'))
  .join('|');

/** `access_token=VALUE` in a query, a form, or a link inside any text. */
const PARAMETER = new RegExp(`(${FIELD})=([^&#\\s"'<>\\\\]+)`, 'gi');
/** `"access_token": "`, also inside JSON that was itself written into a JSON string. */
const MEMBER = new RegExp(`(\\\\{0,7})"[\\w.-]{0,40}?(${FIELD})\\1"\\s*:\\s*\\1"`, 'gi');
/** The part of a multipart form that carries the field; bounded, as its sender may be hostile. */
const PART = new RegExp(
  `name="?(${FIELD})"?[^\\r\\n]{0,200}\\r?\\n(?:[^\\r\\n]{1,200}\\r?\\n){0,4}\\r?\\n([^\\r\\n]+)`,
  'gi',
);

/** The places of all secrets in a text, in order, none overlapping another. */
export function findSecrets(text: string, known: ReadonlyMap<string, string>): SecretPlace[] {
  const places = [...fieldsIn(text), ...valuesIn(text, known)];
  return places.length < 2 ? places : withoutOverlaps(text, places);
}

function* fieldsIn(text: string): Generator<SecretPlace> {
  for (const found of text.matchAll(PARAMETER)) {
    const [all, field = '', raw = ''] = found;
    const start = found.index + all.length - raw.length;
    yield {
      start,
      end: start + raw.length,
      name: nameOf(field),
      ...read(raw, decodePercents(raw)),
    };
  }
  for (const found of text.matchAll(MEMBER)) {
    const [all, escapes = '', field = ''] = found;
    const start = found.index + all.length;
    const end = endOfString(text, start, escapes);
    const raw = text.slice(start, end);
    if (raw !== '') yield { start, end, name: nameOf(field), ...read(raw, decodeJson(raw)) };
  }
  for (const found of text.matchAll(PART)) {
    const [all, field = '', raw = ''] = found;
    const start = found.index + all.length - raw.length;
    yield { start, end: start + raw.length, name: nameOf(field), value: raw, spelling: 'plain' };
  }
}

function* valuesIn(text: string, known: ReadonlyMap<string, string>): Generator<SecretPlace> {
  for (const [value, name] of known) {
    if (value.length < CAPTURE_ASSUMPTIONS.shortestSearchedSecret) continue;
    const seen = new Set<string>();
    for (const spelling of ['plain', 'url', 'json'] as const) {
      const raw = spell(value, spelling);
      if (seen.has(raw)) continue;
      seen.add(raw);
      for (let at = text.indexOf(raw); at >= 0; at = text.indexOf(raw, at + raw.length))
        yield { start: at, end: at + raw.length, name, value, spelling };
    }
  }
}

/** Where two places overlap, the one that holds the other stays, or both become one. */
function withoutOverlaps(text: string, places: SecretPlace[]): SecretPlace[] {
  places.sort((a, b) => a.start - b.start || b.end - a.end);
  const out: SecretPlace[] = [];
  for (const place of places) {
    const before = out.at(-1);
    if (before === undefined || place.start >= before.end) out.push(place);
    else if (place.end > before.end) {
      const value = text.slice(before.start, place.end);
      out[out.length - 1] = { ...before, end: place.end, value, spelling: 'plain' };
    }
  }
  return out;
}

function nameOf(field: string): string {
  return FIELDS[field.toLowerCase().replaceAll('%2e', '.')] ?? 'SECRET';
}

/** The value behind a raw text when it can be spelled back exactly, else the raw text itself. */
function read(raw: string, decoded: string): { value: string; spelling: Spelling } {
  for (const spelling of ['plain', 'url', 'json'] as const)
    if (spell(decoded, spelling) === raw) return { value: decoded, spelling };
  return { value: raw, spelling: 'plain' };
}

function decodePercents(raw: string): string {
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

function decodeJson(raw: string): string {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}

/** The index of the quote that ends a JSON string; the text's end when it is cut off. */
function endOfString(text: string, from: number, escapes: string): number {
  if (escapes !== '') {
    const end = text.indexOf(`${escapes}"`, from);
    return end < 0 ? text.length : end;
  }
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}
