/** How many colours the style sheet of the avatar has. */
export const AVATAR_COLOURS = 8;

/** Up to two letters: of the first and the last word of a name. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s._@-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const first = words[0];
  if (first === undefined) return '?';
  const last = words.length > 1 ? words.at(-1) : undefined;
  return [first, last ?? ''].map(initialOf).join('').toLocaleUpperCase();
}

/** The same author has the same colour in every chat and after every start. */
export function colourOf(authorId: string): number {
  let hash = 0x811c9dc5;
  for (const character of authorId) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % AVATAR_COLOURS;
}

function initialOf(word: string): string {
  return /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '';
}
