import * as z from 'zod';

/** What a source implements, as it says in its answer to implementation.info. */
export interface Implementation {
  /** Actions by object: `{ messages: ['create', 'reply'] }`. */
  readonly objects: Readonly<Record<string, readonly string[]>>;
  readonly options: readonly string[];
}

const SHAPE = z.looseObject({
  objects: z.record(z.string(), z.array(z.string())),
  options: z.array(z.string()).nullish(),
});

export type ReadImplementation =
  | { readonly ok: true; readonly implementation: Implementation }
  | { readonly ok: false; readonly problem: string };

/** Engage Digital docs, Source SDK, implementation.info; says which old form was met instead. */
export function readImplementation(value: unknown): ReadImplementation {
  const read = SHAPE.safeParse(value);
  if (read.success) {
    const { objects, options } = read.data;
    return { ok: true, implementation: { objects, options: options ?? [] } };
  }
  return { ok: false, problem: whatIsWrong(value) };
}

function whatIsWrong(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return 'The answer to implementation.info is no JSON object.';
  }
  if ('objects' in value && Array.isArray(value.objects)) {
    return 'The answer to implementation.info has “objects” as a list (the old PHP sample’s form); it must be a hash such as {"messages":["create","reply"]}.';
  }
  if ('actions' in value && !('objects' in value)) {
    return 'The answer to implementation.info has “actions” (the old phpBB sample’s form); the key is “objects”.';
  }
  return 'The answer to implementation.info has no valid “objects” such as {"messages":["create","reply"]}.';
}

export const declares = (
  implementation: Implementation | undefined,
  object: string,
  action: string,
): boolean => implementation?.objects[object]?.includes(action) === true;

export const hasOption = (implementation: Implementation | undefined, option: string): boolean =>
  implementation?.options.includes(option) === true;
