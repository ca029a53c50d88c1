import { createHash, randomBytes } from 'node:crypto';
import * as z from 'zod';

/**
 * A Windows credential holds 2560 bytes, stored as UTF-16 (CRED_MAX_CREDENTIAL_BLOB_SIZE), and the
 * keychains cut a value at a zero byte; so values are kept as base64 in pieces of this many
 * characters.
 */
export const CHUNK_LENGTH = 1200;

/** A manifest that asks for more pieces than this is damaged. */
const MOST_CHUNKS = 1024;

const manifestSchema = z.object({
  generation: z.string().regex(/^[0-9a-f]{1,32}$/),
  count: z.number().int().min(1).max(MOST_CHUNKS),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** The entry that stands under a secret's own name and says which pieces belong to it. */
export type Manifest = z.infer<typeof manifestSchema>;

export interface Parcel {
  readonly manifest: Manifest;
  readonly chunks: readonly string[];
}

/** Every writing makes a generation of its own, so that two writers never mix their pieces. */
export function pack(value: string): Parcel {
  const text = Buffer.from(value, 'utf8').toString('base64');
  const chunks: string[] = [];
  for (let at = 0; at === 0 || at < text.length; at += CHUNK_LENGTH) {
    // A keychain refuses an empty value, and an empty secret is one still.
    chunks.push(text.slice(at, at + CHUNK_LENGTH) || '=');
  }
  const generation = randomBytes(6).toString('hex');
  return { manifest: { generation, count: chunks.length, sha256: digestOf(value) }, chunks };
}

/** Undefined when the pieces are not those that the manifest was written for. */
export function unpack(manifest: Manifest, chunks: readonly string[]): string | undefined {
  const value = Buffer.from(chunks.join(''), 'base64').toString('utf8');
  return digestOf(value) === manifest.sha256 ? value : undefined;
}

export function readManifest(text: string): Manifest | undefined {
  try {
    const read = manifestSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

export function chunkName(
  name: string,
  manifest: Pick<Manifest, 'generation'>,
  index: number,
): string {
  return `${name}#${manifest.generation}.${index}`;
}

function digestOf(value: string): string {
  return createHash('sha256').update(value, 'utf8').digest('hex');
}
