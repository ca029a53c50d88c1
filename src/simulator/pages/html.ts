/** Text that is markup already, so that `html` does not escape it again. */
export class Markup {
  constructor(readonly text: string) {}
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);

type Value = string | number | Markup | readonly Markup[];

/** A template of markup whose values are escaped. */
export function html(parts: TemplateStringsArray, ...values: Value[]): Markup {
  const written = values.map((value) => {
    if (value instanceof Markup) return value.text;
    if (typeof value === 'object') return value.map((markup) => markup.text).join('');
    return escapeHtml(String(value));
  });
  return new Markup(String.raw({ raw: parts }, ...written));
}
