import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Files under a folder that hold one of the named values, plainly, URL-encoded, in base64 or in
 * UTF-16; each with the name of the value.
 */
export async function filesWith(
  folder: string,
  values: Readonly<Record<string, string>>,
): Promise<string[]> {
  const needles = Object.entries(values).flatMap(([name, value]) =>
    [
      Buffer.from(value, 'utf8'),
      Buffer.from(encodeURIComponent(value), 'utf8'),
      Buffer.from(Buffer.from(value, 'utf8').toString('base64').replace(/=+$/, ''), 'utf8'),
      Buffer.from(value, 'utf16le'),
    ].map((bytes) => ({ name, bytes })),
  );
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const bytes = await readFile(file).catch(() => Buffer.alloc(0));
    const names = needles.filter((needle) => bytes.includes(needle.bytes)).map(({ name }) => name);
    for (const name of new Set(names)) found.push(`${path.relative(folder, file)}: ${name}`);
  }
  return found;
}
