/** A JSON token, or what stands between two of them. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g;
const INDENT = '  ';

/**
 * Lays a JSON text out over lines without changing a token: numbers keep their digits, strings
 * their escapes, objects their order and their duplicate names. The text must be valid JSON.
 */
export function layOutJson(text: string): string {
  const tokens = text.match(TOKEN) ?? [];
  let out = '';
  let depth = 0;
  for (const [i, token] of tokens.entries()) {
    const next = tokens[i + 1];
    if (token === '{' || token === '[') {
      const isEmpty = next === '}' || next === ']';
      out += token;
      if (!isEmpty) out += newLine(++depth);
      else depth++;
    } else if (token === '}' || token === ']') {
      depth--;
      const before = tokens[i - 1];
      out += before === '{' || before === '[' ? token : newLine(depth) + token;
    } else if (token === ',') out += `,${newLine(depth)}`;
    else if (token === ':') out += ': ';
    else out += token;
  }
  return out;
}

function newLine(depth: number): string {
  // A hostile depth must not make the text grow with its square.
  return `\n${INDENT.repeat(Math.min(depth, 40))}`;
}
