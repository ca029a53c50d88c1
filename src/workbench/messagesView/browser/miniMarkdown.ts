import { parseInline, type Inline } from './miniMarkdownInline';

export type Block =
  | { readonly kind: 'text' | 'quote'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'code'; readonly text: string };

/** A longer text is shown as it is: nobody reads it formatted, and parsing takes its time. */
const LONGEST_PARSED = 40_000;

const FENCE = '```';

/**
 * RingCentral's Mini-Markdown: `**bold**`, `*italic*` or `_italic_`, `[text](address)`, `> quote`,
 * code between fences or backticks, and mentions `![:Person](id)` (RingCentral developer guide,
 * Mentions). Web addresses are links without any markup, line breaks are line breaks, and whatever
 * else is written stays as written.
 */
export function parseMiniMarkdown(text: string): Block[] {
  if (text.length > LONGEST_PARSED) {
    return [{ kind: 'text', lines: linesOf(text).map((line) => [{ kind: 'text', text: line }]) }];
  }
  const blocks: Block[] = [];
  const lines = linesOf(text);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.trimStart().startsWith(FENCE)) {
      const fenced = readFence(lines, i);
      blocks.push({ kind: 'code', text: fenced.text });
      i = fenced.last;
      continue;
    }
    const kind = line.startsWith('>') ? 'quote' : 'text';
    const content = kind === 'quote' ? line.replace(/^> ?/, '') : line;
    addLine(blocks, kind, parseInline(content));
  }
  return blocks;
}

/** The text without markup, as one line; `nameOf` names those who are mentioned. */
export function plainText(
  blocks: readonly Block[],
  nameOf: (id: string) => string | undefined,
): string {
  const inline = (part: Inline): string => {
    switch (part.kind) {
      case 'text':
      case 'code':
        return part.text;
      case 'mention':
        return `@${nameOf(part.id) ?? part.id}`;
      case 'bold':
      case 'italic':
      case 'link':
        return part.children.map(inline).join('');
    }
  };
  const block = (each: Block): string =>
    each.kind === 'code' ? each.text : each.lines.map((l) => l.map(inline).join('')).join(' ');
  return blocks.map(block).join(' ').replaceAll(/\s+/g, ' ').trim();
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

function addLine(blocks: Block[], kind: 'text' | 'quote', line: readonly Inline[]): void {
  const open = blocks.at(-1);
  if (open?.kind === kind) blocks[blocks.length - 1] = { kind, lines: [...open.lines, line] };
  else blocks.push({ kind, lines: [line] });
}

/** From the fence in line `start` to the next one, or to the end where nobody closed it. */
function readFence(lines: readonly string[], start: number): { text: string; last: number } {
  const opening = (lines[start] ?? '').trimStart().slice(FENCE.length);
  const endInLine = opening.indexOf(FENCE);
  if (endInLine >= 0) return { text: opening.slice(0, endInLine), last: start };
  const isLanguage = /^[\w+#.-]*\s*$/.test(opening);
  const code = isLanguage ? [] : [opening];
  for (let i = start + 1; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const end = line.indexOf(FENCE);
    if (end >= 0) {
      if (line.slice(0, end).trim() !== '') code.push(line.slice(0, end));
      return { text: code.join('\n'), last: i };
    }
    code.push(line);
  }
  return { text: code.join('\n'), last: lines.length - 1 };
}
