import type { EngageAccount } from '../account/account';
import { htmlOf, textOf } from '../account/bodies';
import type { Content, ContentSource } from '../account/records';
import type { EngageAssumptions } from '../assumptions';
import type { Waits } from '../waits';
import { hasOption } from './implementation';
import type { AnswerSignature, SourceAnswer, SourceCaller } from './sourceCaller';

export type Export =
  | {
      readonly ok: true;
      readonly tries: number;
      readonly signature: AnswerSignature;
      /** What the answer left to be desired, in sentences. */
      readonly notes: readonly string[];
    }
  | { readonly ok: false; readonly tries: number; readonly problem: string };

/** Engage Digital docs, Source SDK: create, delete, publish and unpublish are tried three times. */
const MOST_TRIES = 3;

/** Sends what agents write to the source: messages.create with a content_id that stays the same. */
export class Exporter {
  constructor(
    private readonly account: EngageAccount,
    private readonly caller: SourceCaller,
    private readonly waits: Waits,
    private readonly assumptions: EngageAssumptions,
  ) {}

  async deliver(source: ContentSource, content: Content): Promise<Export> {
    const result = await this.#tryAll(source, content);
    content.synchronization_status = result.ok ? 'success' : 'export_failure';
    content.synchronization_error = result.ok ? null : result.problem;
    this.account.touch(content);
    return result;
  }

  async #tryAll(source: ContentSource, content: Content): Promise<Export> {
    let problem = 'The source has no Base URI.';
    if (source.baseUri === undefined) return { ok: false, tries: 0, problem };
    for (let tries = 1; tries <= MOST_TRIES; tries++) {
      const answer = await this.#try(source, content, tries > 1);
      if (answer.kind === 'accepted') return this.#accept(source, content, answer, tries);
      problem = answer.problem;
      const goesOn = !answer.fatal && tries < MOST_TRIES;
      if (!goesOn || !(await this.waits.pause(this.assumptions.sdkRetryDelayMs))) {
        return { ok: false, tries, problem };
      }
    }
    return { ok: false, tries: MOST_TRIES, problem };
  }

  async #try(source: ContentSource, content: Content, isRetry: boolean): Promise<SourceAnswer> {
    if (!source.implementation) {
      const info = await this.caller.save(source);
      if (!info.ok) return { kind: 'refused', fatal: false, problem: info.problem };
    }
    const object = content.private_message ? 'private_messages' : 'messages';
    return this.caller.call(source, `${object}.create`, this.#params(source, content, isRetry));
  }

  #params(source: ContentSource, content: Content, isRetry: boolean): object {
    const { contents, identities, threads, users } = this.account;
    const object = content.private_message ? 'private_messages' : 'messages';
    const implementation = source.implementation;
    const isText =
      hasOption(implementation, `${object}.text`) || hasOption(implementation, 'view.messaging');
    const sender = users.get(content.creator_id);
    const repliedTo = contents.get(content.in_reply_to_id);
    const threadId = threads.get(content.thread_id)?.foreign_id;
    const isUnthreaded =
      content.private_message || hasOption(implementation, 'messages.unthreaded');
    return {
      author_id: identities.get(content.author_id)?.foreign_id ?? null,
      body: (isText ? textOf : htmlOf)(content.body, content.body_input_format),
      content_id: content.id,
      created_at: content.created_at,
      format: isText ? 'text' : 'html',
      in_reply_to_id: repliedTo?.foreign_id ?? null,
      ...(content.private_message && {
        recipient_id: identities.get(content.in_reply_to_author_id)?.foreign_id ?? null,
      }),
      retry: isRetry,
      sender_name: sender ? `${sender.firstname} ${sender.lastname}` : null,
      ...(!isUnthreaded && { thread_id: threadId ?? null }),
      title: content.title,
      updated_at: content.updated_at,
    };
  }

  #accept(
    source: ContentSource,
    content: Content,
    answer: SourceAnswer & { kind: 'accepted' },
    tries: number,
  ): Export {
    const notes: string[] = [];
    const id = idOf(answer.value);
    if (id === undefined) notes.push('The answer has no id for the message.');
    else if (this.account.contentByForeignId(source.id, id)) {
      notes.push(`The answer’s id ${id} is already another message’s.`);
    }
    if (id !== undefined) content.foreign_id = id;
    if (answer.signature !== 'right') {
      notes.push(`The signature of the answer is ${answer.signature}.`);
    }
    return { ok: true, tries, signature: answer.signature, notes };
  }
}

/** Source SDK ids are strings; numbers were seen and are read as such. */
function idOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined;
  const { id } = value;
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? id : undefined;
}
