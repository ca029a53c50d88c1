import assert from 'node:assert/strict';
import {
  parseMiniMarkdown,
  plainText,
  type Block,
} from '../../../src/workbench/messagesView/browser/miniMarkdown';
import {
  parseInline,
  type Inline,
} from '../../../src/workbench/messagesView/browser/miniMarkdownInline';

/** A short way to write what was parsed: `<b>…</b>`, links as `<a URL>…</a>`. */
function short(parts: readonly Inline[]): string {
  return parts.map(shortPart).join('');
}

function shortPart(part: Inline): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'code':
      return `<code>${part.text}</code>`;
    case 'bold':
      return `<b>${short(part.children)}</b>`;
    case 'italic':
      return `<i>${short(part.children)}</i>`;
    case 'link':
      return `<a ${part.url}>${short(part.children)}</a>`;
    case 'mention':
      return `<@${part.type} ${part.id}>`;
  }
}

const line = (text: string): string => short(parseInline(text));
const blocks = (text: string): string[] => parseMiniMarkdown(text).map(shortBlock);
const shortBlock = (block: Block): string =>
  block.kind === 'code'
    ? `code:${block.text}`
    : `${block.kind}:${block.lines.map(short).join('|')}`;

describe('Mini-Markdown', () => {
  it('knows bold and italic, and one within the other', () => {
    assert.equal(line('a **bold** word'), 'a <b>bold</b> word');
    assert.equal(
      line('an *italic* and _another_ word'),
      'an <i>italic</i> and <i>another</i> word',
    );
    assert.equal(line('**bold with *italic* inside**'), '<b>bold with <i>italic</i> inside</b>');
    assert.equal(line('***both***'), '<b><i>both</i></b>');
  });

  it('leaves alone what only looks like emphasis', () => {
    for (const text of [
      'snake_case_name and __init__',
      '2*3*4 = 24',
      '5 * 6 and 7 * 8',
      'not ** closed',
      '**',
      '****',
      'a *b',
      '_',
    ]) {
      assert.equal(line(text), text);
    }
  });

  it('takes code as it is written', () => {
    assert.equal(line('call `a_b(*c*)` now'), 'call <code>a_b(*c*)</code> now');
    assert.equal(line('one ` alone'), 'one ` alone');
    assert.equal(line('`` empty'), '`` empty');
  });

  it('links to http and https addresses and to nothing else', () => {
    assert.equal(line('[page](https://a.example/x)'), '<a https://a.example/x>page</a>');
    assert.equal(line('[wiki](http://a.example/x_(y))!'), '<a http://a.example/x_(y)>wiki</a>!');
    for (const text of [
      '[x](javascript:alert(1))',
      '[x](command:workbench.action.quit)',
      '[x](file:///etc/passwd)',
      '[x](vscode://publisher.extension/open)',
      '[x](data:text/html,<script>)',
      '[x]( https://a.example)',
      '[](https://)',
      '[x](https://)',
    ]) {
      assert.ok(!line(text).includes('<a javascript'), text);
      assert.ok(!/<a (?!https?:\/\/\w)/.test(line(text)), text);
    }
  });

  it('finds addresses without markup and leaves the punctuation of the sentence', () => {
    assert.equal(
      line('See https://a.example/x?y=1&z=2. Or (https://b.example)!'),
      'See <a https://a.example/x?y=1&z=2>https://a.example/x?y=1&z=2</a>. ' +
        'Or (<a https://b.example>https://b.example</a>)!',
    );
    assert.equal(
      line('https://a.example/x_(y)'),
      '<a https://a.example/x_(y)>https://a.example/x_(y)</a>',
    );
    assert.equal(line('xhttps://a.example'), 'xhttps://a.example');
  });

  it('reads mentions of people, teams and other things', () => {
    assert.equal(line('![:Person](501) and ![:Team](glip-7)'), '<@Person 501> and <@Team glip-7>');
    assert.equal(line('![:Person]() ![alt](x.png)'), '![:Person]() ![alt](x.png)');
  });

  it('keeps HTML as text', () => {
    assert.deepEqual(parseInline('<img src=x onerror=alert(1)>'), [
      { kind: 'text', text: '<img src=x onerror=alert(1)>' },
    ]);
  });

  it('keeps line breaks and tells quotes from text', () => {
    assert.deepEqual(blocks('one\ntwo\r\n\n> said\n>more\nanswer'), [
      'text:one|two|',
      'quote:said|more',
      'text:answer',
    ]);
  });

  it('reads fenced code with or without a language, in one line or never closed', () => {
    assert.deepEqual(blocks('```json\n{ "a": *1* }\n```\nafter'), [
      'code:{ "a": *1* }',
      'text:after',
    ]);
    assert.deepEqual(blocks('```one line```'), ['code:one line']);
    assert.deepEqual(blocks('before\n```\na\n\nb'), ['text:before', 'code:a\n\nb']);
    assert.deepEqual(blocks('```let x = 1;\nlet y;```'), ['code:let x = 1;\nlet y;']);
  });

  it('says the text in one plain line, with names for those who are mentioned', () => {
    const text = '**Hi** ![:Person](501),\nsee [this](https://a.example) `now`';
    const names = new Map([['501', 'Alice']]);
    assert.equal(
      plainText(parseMiniMarkdown(text), (id) => names.get(id)),
      'Hi @Alice, see this now',
    );
    assert.equal(
      plainText(parseMiniMarkdown('![:Person](7)'), () => undefined),
      '@7',
    );
  });

  it('reads hostile text in no time', () => {
    const hostile = [
      '*',
      '**',
      '_',
      '`',
      '[',
      '[a](',
      '![:Person](',
      'https://',
      '*a ',
      '_a _',
      '>',
    ];
    const start = performance.now();
    for (const part of hostile) {
      parseMiniMarkdown(part.repeat(Math.floor(39_000 / part.length)));
      parseMiniMarkdown(`${part}x `.repeat(Math.floor(39_000 / (part.length + 2))));
    }
    parseMiniMarkdown(`https://a${')'.repeat(39_000)}`);
    // Seconds, if any of them were quadratic.
    assert.ok(performance.now() - start < 4000);
  });

  it('shows a huge text without formatting it', () => {
    const [block] = parseMiniMarkdown(`**${'x'.repeat(50_000)}**\nend`);
    assert.ok(block?.kind === 'text');
    assert.equal(block.lines.length, 2);
    assert.deepEqual(block.lines[1], [{ kind: 'text', text: 'end' }]);
  });
});
