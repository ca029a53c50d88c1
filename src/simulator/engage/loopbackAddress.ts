import { isLoopbackName } from '../loopback';

/** Reads an address of a bot; the sentence says why it cannot be used. */
export function readBotAddress(
  text: string,
): { readonly ok: true; readonly url: string } | { readonly ok: false; readonly problem: string } {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { ok: false, problem: 'The address is no URL.' };
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return { ok: false, problem: 'The address must begin with http:// or https://.' };
  }
  if (!isLoopbackName(url.hostname)) {
    return { ok: false, problem: 'The simulator sends to this machine only: use 127.0.0.1.' };
  }
  return { ok: true, url: url.href };
}
