import { isWebAddress } from '../protocol';

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | { readonly kind: 'bold' | 'italic'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly url: string; readonly children: readonly Inline[] }
  /** `type` as RingCentral writes it: Person, Team, File, Link, … */
  | { readonly kind: 'mention'; readonly type: string; readonly id: string };

const MENTION = /!\[:(\w{1,32})\]\(([^()\s]{1,64})\)/y;
const ADDRESS = /https?:\/\/[^\s<>"'`]{1,2048}/iy;
const LONGEST_ADDRESS = 2048;
/** Emphasis within emphasis within … ends here. */
const DEEPEST = 4;

/** One line of Mini-Markdown. What is opened and never closed is text. */
export function parseInline(line: string): Inline[] {
  return new InlineParser(line, 0).parse();
}

interface Found {
  readonly part: Inline;
  /** Where to read on. */
  readonly end: number;
}

class InlineParser {
  readonly #parts: Inline[] = [];
  /** Marks that nothing closes any more, so that the line is not searched once for each of them. */
  readonly #hopeless = new Set<string>();
  #text = '';

  constructor(
    private readonly line: string,
    private readonly depth: number,
  ) {}

  parse(): Inline[] {
    const { line } = this;
    for (let i = 0; i < line.length;) {
      const found = this.#read(i);
      if (!found) {
        this.#text += line[i] ?? '';
        i++;
        continue;
      }
      this.#endText();
      this.#parts.push(found.part);
      i = found.end;
    }
    this.#endText();
    return this.#parts;
  }

  #read(at: number): Found | undefined {
    switch (this.line.charAt(at)) {
      case '!':
        return this.#mention(at);
      case '`':
        return this.#code(at);
      case '[':
        return this.#link(at);
      case '*':
        return this.line[at + 1] === '*' ? this.#bold(at) : this.#italic(at, '*');
      case '_':
        return this.#italic(at, '_');
      case 'h':
      case 'H':
        return this.#address(at);
      default:
        return undefined;
    }
  }

  #mention(at: number): Found | undefined {
    const [all, type, id] = matchAt(MENTION, this.line, at) ?? [];
    if (all === undefined || type === undefined || id === undefined) return undefined;
    return { part: { kind: 'mention', type, id }, end: at + all.length };
  }

  #code(at: number): Found | undefined {
    const end = this.#find('`', at + 1);
    if (end <= at + 1) return undefined;
    return { part: { kind: 'code', text: this.line.slice(at + 1, end) }, end: end + 1 };
  }

  #bold(at: number): Found | undefined {
    const { line } = this;
    const start = at + 2;
    if (this.depth >= DEEPEST || isSpace(line[start])) return undefined;
    for (let end = this.#find('**', start); end >= 0; end = this.#find('**', end + 1)) {
      // Of three stars in a row the first one closes something inside.
      if (line[end + 2] === '*') continue;
      if (end > start && !isSpace(line[end - 1])) return this.#emphasis('bold', start, end, 2);
    }
    this.#hopeless.add('**');
    return undefined;
  }

  /** Only where a word begins and ends: `snake_case` and `2*3*4` are no emphasis. */
  #italic(at: number, mark: '*' | '_'): Found | undefined {
    const { line } = this;
    const start = at + 1;
    if (this.depth >= DEEPEST || this.#hopeless.has(mark)) return undefined;
    if (isWord(line[at - 1]) || isSpace(line[start]) || line[start] === mark) return undefined;
    for (let end = line.indexOf(mark, start); end >= 0; end = line.indexOf(mark, end + 1)) {
      const isDouble = line[end + 1] === mark || line[end - 1] === mark;
      if (isDouble || isSpace(line[end - 1]) || isWord(line[end + 1])) continue;
      return this.#emphasis('italic', start, end, 1);
    }
    this.#hopeless.add(mark);
    return undefined;
  }

  #emphasis(kind: 'bold' | 'italic', start: number, end: number, marks: number): Found {
    const children = new InlineParser(this.line.slice(start, end), this.depth + 1).parse();
    return { part: { kind, children }, end: end + marks };
  }

  #link(at: number): Found | undefined {
    const { line } = this;
    let label = at + 1;
    while (label < line.length && line[label] !== ']' && line[label] !== '[') label++;
    if (label === at + 1 || line[label] !== ']' || line[label + 1] !== '(') return undefined;
    const end = closingParenthesis(line, label + 2);
    if (end < 0) return undefined;
    const url = line.slice(label + 2, end);
    if (!isWebAddress(url)) return undefined;
    const children: Inline[] = [{ kind: 'text', text: line.slice(at + 1, label) }];
    return { part: { kind: 'link', url, children }, end: end + 1 };
  }

  #address(at: number): Found | undefined {
    if (isWord(this.line[at - 1])) return undefined;
    const url = withoutPunctuation(matchAt(ADDRESS, this.line, at)?.[0] ?? '');
    if (!isWebAddress(url)) return undefined;
    const children: Inline[] = [{ kind: 'text', text: url }];
    return { part: { kind: 'link', url, children }, end: at + url.length };
  }

  #find(mark: string, from: number): number {
    if (this.#hopeless.has(mark)) return -1;
    const index = this.line.indexOf(mark, from);
    if (index < 0) this.#hopeless.add(mark);
    return index;
  }

  #endText(): void {
    if (this.#text !== '') this.#parts.push({ kind: 'text', text: this.#text });
    this.#text = '';
  }
}

function matchAt(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(line);
}

/** An address may have pairs of parentheses in it; spaces end it. */
function closingParenthesis(line: string, from: number): number {
  let open = 0;
  const last = Math.min(line.length, from + LONGEST_ADDRESS) - 1;
  for (let i = from; i <= last && !isSpace(line[i]); i++) {
    if (line[i] === '(') open++;
    if (line[i] === ')' && open-- === 0) return i;
  }
  return -1;
}

/** What follows an address in a sentence is no part of it. */
function withoutPunctuation(url: string): string {
  let end = url.length;
  while (end > 0) {
    const last = url[end - 1] ?? '';
    const isUnpaired = last === ')' && !url.slice(0, end - 1).includes('(');
    if (!isUnpaired && !/[.,;:!?*_\]}]/.test(last)) break;
    end--;
  }
  return url.slice(0, end);
}

function isSpace(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character);
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}_]/u.test(character);
}
