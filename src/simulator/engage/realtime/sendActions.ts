import * as z from 'zod';
import type { SimClock } from '../../seam';
import type { EngageAccount } from '../account/account';
import type { ContentSource, Thread } from '../account/records';
import type { EngageAssumptions } from '../assumptions';
import type { Intake } from '../intake/intake';
import {
  MESSAGE,
  PRIVATE_MESSAGE,
  THREAD,
  USER,
  type ContentObject,
  type UserObject,
} from '../intake/objects';
import { declares, hasOption } from '../sourceSdk/implementation';
import type { Waits } from '../waits';
import {
  badAction,
  badResource,
  badStructuredContent,
  notPuppetizable,
  tooManyTypings,
} from './sendProblem';
import { structuredContentProblem } from './structuredContent';
import { TypingLimit } from './typingLimit';

type Params = Record<string, unknown>;
type Action = (source: ContentSource, params: Params) => void;

const id = z.union([z.string().min(1), z.number().transform(String)]);
const STATUS = z.object({ id });
const TYPING = z.object({ thread_id: id.nullish(), in_reply_to_id: id.nullish() });

/**
 * The actions of the Send API (Engage Digital docs, Source SDK, Send API). Each checks what it was
 * given, throwing a SendProblem, before it does anything.
 */
export class SendActions {
  readonly #typing: TypingLimit;

  readonly #actions: Readonly<Record<string, Action>> = {
    'messages.create': (source, params) => this.#createMessage(source, params),
    'private_messages.create': (source, params) => this.#createPrivateMessage(source, params),
    'threads.create': (source, params) => this.#createThread(source, params),
    'users.create': (source, params) => {
      const user = read(USER, params);
      this.#import(() => this.intake.user(source, user));
    },
    'status.mark_as_read': (source, params) => {
      const status = read(STATUS, params);
      if (!this.account.contentByForeignId(source.id, status.id)) {
        throw badResource(`there is no message ${status.id}`);
      }
    },
    'typing.start': (source, params) => {
      if (!this.#typing.start(conversationOf(source, params))) throw tooManyTypings();
    },
    'typing.stop': (source, params) => this.#typing.stop(conversationOf(source, params)),
  };

  constructor(
    private readonly account: EngageAccount,
    private readonly intake: Intake,
    private readonly waits: Waits,
    private readonly assumptions: EngageAssumptions,
    clock: SimClock,
  ) {
    this.#typing = new TypingLimit(clock);
  }

  run(source: ContentSource, name: string, params: Params): void {
    const action = Object.hasOwn(this.#actions, name) ? this.#actions[name] : undefined;
    if (!action) throw badAction();
    this.#checkDeclared(source, name);
    action(source, params);
  }

  #createMessage(source: ContentSource, params: Params): void {
    const message = read(MESSAGE, params);
    const isUnthreaded = hasOption(source.implementation, 'messages.unthreaded');
    if (message.thread_id === undefined && !isUnthreaded) {
      throw badResource('thread_id is missing');
    }
    this.#checkMessage(source, message);
    this.#checkThread(source, message.thread_id);
    this.#import(() => {
      const thread = this.#threadFor(source, message.thread_id, message);
      this.intake.content(source, thread, message, false);
    });
  }

  #createPrivateMessage(source: ContentSource, params: Params): void {
    const message = read(PRIVATE_MESSAGE, params);
    this.#checkMessage(source, message);
    this.#import(() => {
      this.intake.user(source, message.recipient);
      this.intake.content(source, this.#threadFor(source, undefined, message), message, true);
    });
  }

  #createThread(source: ContentSource, params: Params): void {
    const thread = read(THREAD, params);
    const mayBeEmpty = hasOption(source.implementation, 'threads.no_content');
    if (!mayBeEmpty && (!thread.author || thread.body === undefined)) {
      throw badResource('author and body are missing, and threads.no_content is no option');
    }
    this.#import(() => this.intake.threadObject(source, thread));
  }

  #checkMessage(source: ContentSource, message: ContentObject): void {
    const { attachments, author, body, structured_content: structured } = message;
    if (structured !== undefined) {
      const problem = structuredContentProblem(structured);
      if (problem !== undefined) throw badStructuredContent(problem);
      if (!this.#isPuppetizable(source, author)) throw notPuppetizable();
    } else if (body === '' && attachments.length === 0) {
      throw badResource('body or attachments are missing');
    }
  }

  #isPuppetizable(source: ContentSource, author: UserObject): boolean {
    const known = this.account.identityByForeignId(source.community_id, author.id);
    return author.puppetizable || known?.puppetizable === true;
  }

  #checkThread(source: ContentSource, foreignId: string | undefined): void {
    if (this.assumptions.unknownThreadIsCreated || foreignId === undefined) return;
    if (!this.account.threadByForeignId(source.id, foreignId)) {
      throw badResource(`there is no thread ${foreignId}`);
    }
  }

  /** Without a thread id the message replied to decides; without that a thread begins. */
  #threadFor(source: ContentSource, foreignId: string | undefined, message: ContentObject): Thread {
    const repliedTo =
      message.in_reply_to_id === undefined
        ? undefined
        : this.account.contentByForeignId(source.id, message.in_reply_to_id);
    const known =
      foreignId === undefined ? this.account.threads.get(repliedTo?.thread_id) : undefined;
    return known ?? this.intake.thread(source, foreignId ?? null, message.title);
  }

  #checkDeclared(source: ContentSource, name: string): void {
    if (!this.assumptions.sendApiNeedsDeclaredActions || name.startsWith('users.')) return;
    const [object = '', verb = ''] = name.split('.');
    const isDeclared =
      object === 'typing'
        ? hasOption(source.implementation, 'messaging.typing_indicator')
        : declares(source.implementation, object, verb);
    if (!isDeclared) throw badAction(`implementation.info does not declare ${name}`);
  }

  /** The platform says ok before the import is through (assumption `importDelayMs`). */
  #import(action: () => unknown): void {
    const { importDelayMs } = this.assumptions;
    if (importDelayMs === 0) action();
    else void this.waits.pause(importDelayMs).then((inTime) => inTime && action());
  }
}

function read<T extends z.ZodType>(shape: T, params: Params): z.infer<T> {
  const result = shape.safeParse(params);
  if (!result.success) throw badResource(z.prettifyError(result.error));
  return result.data;
}

/** thread_id wins over in_reply_to_id. */
function conversationOf(source: ContentSource, params: Params): string {
  const { thread_id: threadId, in_reply_to_id: repliedTo } = read(TYPING, params);
  if (typeof threadId === 'string') return JSON.stringify([source.id, 'thread', threadId]);
  if (typeof repliedTo === 'string') return JSON.stringify([source.id, 'reply', repliedTo]);
  throw badResource('thread_id or in_reply_to_id is missing');
}
