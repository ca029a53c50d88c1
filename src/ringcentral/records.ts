import * as z from 'zod';

/*
 * RingCentral's records as this client relies on them (API reference, Team Messaging). Read
 * leniently: ids may be strings or numbers and become strings, null means absent, fields that are not
 * named here are kept as they came.
 */

const id = z.union([z.string().min(1), z.number()]).transform(String);
const optionalId = z.preprocess(nullToAbsent, id.optional()).catch(undefined);
const text = z.preprocess(nullToAbsent, z.string().optional()).catch(undefined);

function nullToAbsent(value: unknown): unknown {
  return value ?? undefined;
}

function listOf<T extends z.ZodType>(item: T) {
  return z.preprocess(nullToAbsent, z.array(item).optional()).catch(undefined);
}

const attachment = z.looseObject({ id: optionalId, type: text, name: text, contentUri: text });
const mention = z.looseObject({ id: optionalId, type: text, name: text });

export const postRecord = z.looseObject({
  id,
  groupId: optionalId,
  /** TextMessage, PersonJoined, PersonsAdded; events also say Card and PersonsRemoved. */
  type: text,
  text,
  creatorId: optionalId,
  /** ISO 8601. */
  creationTime: text,
  lastModifiedTime: text,
  parentPostId: optionalId,
  threadId: optionalId,
  title: text,
  attachments: listOf(attachment),
  mentions: listOf(mention),
});
export type Post = z.infer<typeof postRecord>;

/** A post as an event carries it; undefined when it has not even an id. */
export function readPost(value: unknown): Post | undefined {
  return postRecord.safeParse(value).data;
}

export const chatRecord = z.looseObject({
  id,
  /** Personal, Direct, Group, Team or Everyone; events and older paths say PersonalChat, PrivateChat. */
  type: text,
  name: text,
  description: text,
  status: text,
  creationTime: text,
  lastModifiedTime: text,
  members: listOf(z.looseObject({ id })),
});
export type Chat = z.infer<typeof chatRecord>;

export const personRecord = z.looseObject({
  id,
  firstName: text,
  lastName: text,
  email: text,
  /** The same as the account id for people of RingCentral companies. */
  companyId: optionalId,
});
export type Person = z.infer<typeof personRecord>;

export const extensionRecord = z.looseObject({
  id,
  name: text,
  extensionNumber: optionalId,
  type: text,
  status: text,
  account: z
    .preprocess(nullToAbsent, z.looseObject({ id: optionalId }).optional())
    .catch(undefined),
});
export type Extension = z.infer<typeof extensionRecord>;

export const webSocketTokenRecord = z.looseObject({
  uri: z.string().min(1),
  ws_access_token: z.string().min(1),
  expires_in: z.coerce.number().catch(30),
});

const token = z.preprocess(
  (value) => (value === '' ? undefined : nullToAbsent(value)),
  z.string().optional(),
);

export const listRecord = z.looseObject({
  records: z.array(z.unknown()),
  navigation: z
    .preprocess(
      nullToAbsent,
      z.looseObject({ prevPageToken: token, nextPageToken: token }).optional(),
    )
    .catch(undefined),
});
