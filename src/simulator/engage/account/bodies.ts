const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** A body as HTML: plain text becomes paragraphs, as in the samples of the API reference. */
export function htmlOf(body: string, format: 'text' | 'html'): string {
  if (format === 'html' || body === '') return body;
  return body
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escapeHtml(paragraph).replaceAll('\n', '<br>')}</p>`)
    .join('\n\n');
}

/** A body as plain text: tags go, the entities that {@link htmlOf} writes come back. */
export function textOf(body: string, format: 'text' | 'html'): string {
  if (format === 'text') return body;
  let text = body.replace(/<br\s*\/?>/gi, '\n').replace(/<[^<>]*>/g, '');
  for (const [sign, entity] of Object.entries(ENTITIES).reverse()) {
    text = text.replaceAll(entity, sign);
  }
  return text;
}
