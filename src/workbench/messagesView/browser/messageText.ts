import { html, nothing, type TemplateResult } from 'lit';
import type { Block } from './miniMarkdown';
import type { Inline } from './miniMarkdownInline';

export interface TextContext {
  readonly nameOf: (id: string) => string | undefined;
  readonly openLink: (url: string) => void;
  /** Links are reached by Tab in the selected row only. */
  readonly isSelected: boolean;
}

/** Parsed Mini-Markdown as elements; text only ever becomes text nodes and attributes. */
export function messageText(blocks: readonly Block[], context: TextContext): TemplateResult[] {
  return blocks.map((block) => {
    if (block.kind === 'code') return html`<pre><code>${block.text}</code></pre>`;
    const lines = block.lines.map(
      (line, index) => html`${index > 0 ? html`<br />` : nothing}${inlines(line, context)}`,
    );
    return block.kind === 'quote' ? html`<blockquote>${lines}</blockquote>` : html`<p>${lines}</p>`;
  });
}

function inlines(parts: readonly Inline[], context: TextContext): (TemplateResult | string)[] {
  return parts.map((part) => inline(part, context));
}

function inline(part: Inline, context: TextContext): TemplateResult | string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'code':
      return html`<code>${part.text}</code>`;
    case 'bold':
      return html`<strong>${inlines(part.children, context)}</strong>`;
    case 'italic':
      return html`<em>${inlines(part.children, context)}</em>`;
    case 'mention':
      return html`<span class="mention" title="${part.type} ${part.id}"
        >@${context.nameOf(part.id) ?? part.id}</span
      >`;
    case 'link':
      return html`<a
        href=${part.url}
        title=${part.url}
        tabindex=${context.isSelected ? 0 : -1}
        @click=${(event: Event) => followLink(event, part.url, context)}
        >${inlines(part.children, context)}</a
      >`;
  }
}

/** VS Code opens links of a webview by itself, whatever they are; ours go through the extension. */
function followLink(event: Event, url: string, { openLink }: TextContext): void {
  event.preventDefault();
  event.stopPropagation();
  openLink(url);
}
