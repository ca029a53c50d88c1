const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** An agent's message as text for a chat. Engage writes HTML unless `format` says "text". */
export function plainText({ body, format, attachments }) {
  const text = typeof body !== 'string' ? '' : format === 'text' ? body : withoutHtml(body);
  const files = Array.isArray(attachments) ? attachments.map(fileLine) : [];
  return [text.trim(), ...files].filter(Boolean).join('\n');
}

function withoutHtml(html) {
  return html
    .replace(/<br\s*\/?>|<\/(p|div|li|h[1-6])>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
      if (name) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
    });
}

function fileLine(attachment) {
  const url = typeof attachment?.url === 'string' ? attachment.url : '';
  const name = attachment?.filename ?? 'attachment';
  // An address with an access token in it is not for a chat.
  const isPublic = /^https?:\/\//.test(url) && !url.includes('access_token=');
  return isPublic ? `[${name}](${url})` : `[${name}]`;
}
