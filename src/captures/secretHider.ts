import { decompressed, writtenBody, type WrittenBody } from './bodies';
import { CAPTURE_ASSUMPTIONS } from './assumptions';
import { findSecrets } from './secretFinder';
import { escapeReferences, referenceTo } from './secretReferences';
import type { SecretVault } from './vault';

const SECRET_HEADERS: Readonly<Record<string, string>> = CAPTURE_ASSUMPTIONS.secretHeaders;

/**
 * Writes references where secrets stand, and leaves everything else exactly as it is. One hider
 * serves one exchange: it reads what the vault knows once.
 */
export class SecretHider {
  private constructor(
    private readonly vault: SecretVault,
    private readonly known: ReadonlyMap<string, string>,
  ) {}

  static async with(vault: SecretVault): Promise<SecretHider> {
    return new SecretHider(vault, await vault.known());
  }

  /** A URL, a body, an error text: what people and programs will read. */
  async text(text: string): Promise<string> {
    const places = findSecrets(text, this.known);
    let out = '';
    let at = 0;
    for (const place of places) {
      const name = await this.vault.refer(place.name, place.value);
      out += escapeReferences(text.slice(at, place.start)) + referenceTo(name, place.spelling);
      at = place.end;
    }
    return out + escapeReferences(text.slice(at));
  }

  /** A header's value; the whole of it where the header's name says that it is a secret. */
  async header(name: string, value: string): Promise<string> {
    const wished = SECRET_HEADERS[name.toLowerCase()];
    if (wished === undefined) return this.text(value);
    if (value === '') return value;
    return referenceTo(await this.vault.refer(wished, value), 'plain');
  }

  /**
   * A body. One that is no text, or is compressed, cannot hold a reference in its middle: when a
   * secret stands in it, the body as a whole is kept in the vault, and a reference is written for
   * its base64 text.
   */
  async body(bytes: Buffer, contentEncoding: string | undefined): Promise<WrittenBody> {
    const written = writtenBody(bytes);
    const inner = decompressed(bytes, contentEncoding);
    if (inner === undefined && !written.isBase64)
      return { text: await this.text(written.text), isBase64: false };
    if (!this.isSecretIn(inner ?? bytes) && !this.isSecretIn(bytes))
      return written.isBase64 ? written : { ...written, text: escapeReferences(written.text) };
    const name = await this.vault.refer('BODY', bytes.toString('base64'));
    return { text: referenceTo(name, 'plain'), isBase64: true };
  }

  private isSecretIn(bytes: Buffer): boolean {
    const texts = [bytes.toString('latin1'), bytes.toString('utf8')];
    return texts.some((text) => findSecrets(text, this.known).length > 0);
  }
}
