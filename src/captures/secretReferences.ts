/**
 * How a secret's place is marked in a capture, and how the mark is undone.
 *
 * - `{{secret:NAME}}` stands for the value of NAME, `[A-Z0-9_]+`;
 * - `{{secret:NAME:url}}` for the value as `encodeURIComponent` writes it;
 * - `{{secret:NAME:json}}` for the value as it stands inside a JSON string;
 * - `{{secret::` stands for the ten characters `{{secret:`, which real traffic may hold too.
 *
 * Together they are unambiguous: what is written is read back to the exact text it was made of.
 */

/** How a value is spelled where it stands: as it is, percent-encoded, or escaped as in JSON. */
export type Spelling = 'plain' | 'url' | 'json';

const OPENING = '{{secret:';
const MARK = /\{\{secret:(?::|([A-Z0-9_]+)(?::(url|json))?\}\})/g;

export function referenceTo(name: string, spelling: Spelling): string {
  return `${OPENING}${name}${spelling === 'plain' ? '' : `:${spelling}`}}}`;
}

/** Marks what looks like a reference in real traffic as the plain text that it is. */
export function escapeReferences(text: string): string {
  return text.includes(OPENING) ? text.replaceAll(OPENING, `${OPENING}:`) : text;
}

/** The NAMEs a text refers to. */
export function namesIn(text: string): string[] {
  if (!text.includes(OPENING)) return [];
  return [...text.matchAll(MARK)].flatMap((mark) => (mark[1] === undefined ? [] : [mark[1]]));
}

/** The exact text; a NAME that `values` does not hold is a caller's mistake and is thrown. */
export function restoreReferences(text: string, values: ReadonlyMap<string, string>): string {
  if (!text.includes(OPENING)) return text;
  return text.replace(MARK, (_mark, name: string | undefined, spelling: string | undefined) => {
    if (name === undefined) return OPENING;
    const value = values.get(name);
    if (value === undefined) throw new Error(`no value for the secret ${name}`);
    return spell(value, spelling === 'url' || spelling === 'json' ? spelling : 'plain');
  });
}

export function spell(value: string, spelling: Spelling): string {
  switch (spelling) {
    case 'plain':
      return value;
    case 'url':
      return percentEncoded(value);
    case 'json':
      return JSON.stringify(value).slice(1, -1);
  }
}

/** A value with half a surrogate pair has no percent-encoded form; it stays as it is. */
function percentEncoded(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return value;
  }
}
