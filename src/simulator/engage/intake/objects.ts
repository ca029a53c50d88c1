/*
 * The objects a source gives to Engage (Engage Digital docs, Source SDK, Objects): messages,
 * threads and users, as the Send API carries them. Unknown fields are ignored; null, the empty text
 * and absence are the same.
 */
import * as z from 'zod';

const MOST_BODY_CHARACTERS = 20_000;

const dropEmpty = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).filter(([, field]) => field !== null && field !== ''),
      )
    : value;

const object = <T extends z.ZodRawShape>(shape: T) => z.preprocess(dropEmpty, z.object(shape));

const id = z.union([z.string(), z.number().transform(String)]);
const text = z.string().optional();
const anything = z.record(z.string(), z.unknown());

const attachment = z.preprocess(
  dropEmpty,
  z
    .looseObject({ url: text, content: text, filename: text, type: text })
    .refine(
      ({ url, content, filename }) => url ?? (content !== undefined && filename !== undefined),
      'an attachment needs url, or content and filename',
    ),
);

export const USER = object({
  id,
  screenname: z.string(),
  created_at: z.string(),
  firstname: text,
  lastname: text,
  avatar_url: text,
  email: text,
  home_phone: text,
  mobile_phone: text,
  gender: z.enum(['man', 'woman']).optional(),
  puppetizable: z.boolean().default(false),
  context_data: anything.default({}),
});

const common = {
  id,
  actions: z.array(z.string()).optional(),
  categories: z.array(z.string()).default([]),
  created_at: text,
  context_data: anything.default({}),
  format: z.enum(['text', 'html']).default('html'),
  language: text,
  title: text,
};

const message = {
  ...common,
  author: USER,
  body: z.string().max(MOST_BODY_CHARACTERS).default(''),
  attachments: z.array(attachment).default([]),
  structured_content: anything.optional(),
  structured_reply: anything.optional(),
  in_reply_to_id: id.optional(),
};

/** Whether `thread_id` may be absent depends on the source's options and is judged elsewhere. */
export const MESSAGE = object({ ...message, thread_id: id.optional() });

export const PRIVATE_MESSAGE = object({ ...message, recipient: USER });

/** `author` and `body` may be absent only with the option `threads.no_content`. */
export const THREAD = object({
  ...common,
  author: USER.optional(),
  body: z.string().max(MOST_BODY_CHARACTERS).optional(),
});

export type UserObject = z.infer<typeof USER>;
export type MessageObject = z.infer<typeof MESSAGE>;
export type PrivateMessageObject = z.infer<typeof PRIVATE_MESSAGE>;
export type ThreadObject = z.infer<typeof THREAD>;

/** What a content is made of, whichever object it came as. */
export type ContentObject = Pick<
  MessageObject,
  | 'id'
  | 'actions'
  | 'categories'
  | 'created_at'
  | 'context_data'
  | 'format'
  | 'language'
  | 'title'
  | 'author'
  | 'body'
  | 'attachments'
  | 'structured_content'
  | 'in_reply_to_id'
>;
