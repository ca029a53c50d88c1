import * as l10n from '@vscode/l10n';

/** What a check says of a text that somebody typed: the value to keep, or what is wrong with it. */
export type Check = { ok: true; value: string } | { ok: false; problem: string };

const LONGEST_NAME = 64;
const LONGEST_CLIENT_ID = 128;
const LONGEST_URI = 2000;

export function checkName(text: string): Check {
  const value = text.trim();
  if (value === '') return wrong(l10n.t('Give the app a name.'));
  if (value.length > LONGEST_NAME) {
    return wrong(l10n.t('A name has at most {0} characters.', LONGEST_NAME));
  }
  if (/\p{Cc}/u.test(value)) return wrong(l10n.t('A name is one line of ordinary characters.'));
  return right(value);
}

/** Accepts the origin of a server; `https` unless it is this machine. The value is the origin. */
export function checkServer(text: string): Check {
  const value = text.trim();
  const url = parse(value);
  if (!url) {
    return wrong(
      l10n.t('Enter the address of a server, such as https://platform.ringcentral.com.'),
    );
  }
  if (url.username !== '' || url.password !== '') {
    return wrong(l10n.t('An address here has no user name or password in it.'));
  }
  if (!/^https?:\/\/[^/?#]+\/?$/i.test(value)) {
    return wrong(l10n.t('Enter the server only, without a path: {0}', url.origin));
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return wrong(l10n.t('Use https: plain http is for servers on this machine only.'));
  }
  return right(url.origin);
}

export function checkClientId(text: string): Check {
  const value = text.trim();
  if (value === '') {
    return wrong(l10n.t('Enter the client ID; the developer console shows it under Credentials.'));
  }
  if (value.length > LONGEST_CLIENT_ID) {
    return wrong(l10n.t('A client ID has at most {0} characters.', LONGEST_CLIENT_ID));
  }
  // A colon would end the user name of HTTP Basic, which carries the client ID.
  if (!/^[\x21-\x7e]+$/.test(value) || value.includes(':')) {
    return wrong(
      l10n.t('A client ID is letters, digits and punctuation, without spaces or colons.'),
    );
  }
  return right(value);
}

/**
 * RingCentral compares a redirect URI character by character (developer guide, Authorization code
 * flow), so the value is what was typed, never a normalized form of it.
 */
export function checkRedirectUri(text: string): Check {
  const value = text.trim();
  const url = parse(value);
  if (!url || value.length > LONGEST_URI || /[^\x21-\x7e]/.test(value)) {
    return wrong(
      l10n.t('Enter a complete address, such as {0}.', 'http://localhost:4748/oauth2callback'),
    );
  }
  if (value.includes('*')) {
    return wrong(
      l10n.t('RingCentral compares redirect URIs exactly: a * stands for nothing else.'),
    );
  }
  if (value.includes('#')) return wrong(l10n.t('A redirect URI has no # part.'));
  if (url.username !== '' || url.password !== '') {
    return wrong(l10n.t('An address here has no user name or password in it.'));
  }
  if (!isLoopback(url.hostname)) {
    return url.protocol === 'https:'
      ? right(value)
      : wrong(l10n.t('Use https: plain http is for addresses on this machine only.'));
  }
  if (url.protocol === 'https:') {
    return wrong(l10n.t('On this machine the callback answers on http: write http:// here.'));
  }
  if (!/^http:\/\/[^/?#]+:[1-9]\d*(?:[/?]|$)/i.test(value)) {
    return wrong(
      l10n.t('Name the port that the callback listens on, as in {0}.', 'http://localhost:4748/'),
    );
  }
  return right(value);
}

/** True of this machine's own addresses: `localhost`, names below it, 127.0.0.0/8 and `::1`. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    /^127(?:\.\d{1,3}){3}$/.test(name) ||
    name === '[::1]'
  );
}

function parse(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text);
}

function right(value: string): Check {
  return { ok: true, value };
}

function wrong(problem: string): Check {
  return { ok: false, problem };
}
