import * as z from 'zod';

const title = z.string().min(1).max(80);
const payload = z.string().max(1000);

/** Engage Digital docs, Source SDK, Structured messages: the four kinds and their documented limits. */
const STRUCTURED_CONTENT = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('select'),
    items: z
      .array(z.looseObject({ title, payload: payload.nullish() }))
      .min(1)
      .max(13),
  }),
  z.looseObject({ type: z.literal('rich_link'), url: z.string() }),
  z.looseObject({ type: z.literal('template') }),
  z.looseObject({ type: z.literal('carousel'), items: z.array(z.looseObject({})).min(1) }),
]);

/** What is wrong with a structured content, if anything. */
export function structuredContentProblem(value: unknown): string | undefined {
  const read = STRUCTURED_CONTENT.safeParse(value);
  return read.success ? undefined : z.prettifyError(read.error);
}
