import * as z from 'zod';
import type { SimClock } from '../../seam';
import { isoSeconds } from '../account/dates';
import type { EngageAccount } from '../account/account';
import type { ContentSource } from '../account/records';
import type { EngageAssumptions } from '../assumptions';
import { place, type Outgoing } from '../outgoing';
import { readImplementation } from './implementation';
import { isSignedBy, sign, SIGNATURE_HEADER } from './signature';

export type AnswerSignature = 'right' | 'missing' | 'wrong';

export type SourceAnswer =
  | {
      readonly kind: 'accepted';
      readonly value: unknown;
      readonly status: number;
      readonly signature: AnswerSignature;
    }
  | {
      readonly kind: 'refused';
      /** The source asked not to be tried again. */
      readonly fatal: boolean;
      readonly problem: string;
    };

export type InfoResult =
  | { readonly ok: true; readonly signature: AnswerSignature; readonly actions: string }
  | { readonly ok: false; readonly problem: string };

const ERROR_ANSWER = z.looseObject({
  error: z.looseObject({ fatal: z.boolean().nullish(), message: z.string().nullish() }),
});

/**
 * Speaks the Source SDK to a source's Base URI: `{action, params, time}` as compact JSON, signed
 * (Engage Digital docs, Source SDK, Request and response).
 */
export class SourceCaller {
  constructor(
    private readonly outgoing: Outgoing,
    private readonly account: EngageAccount,
    private readonly assumptions: EngageAssumptions,
    private readonly clock: SimClock,
    private readonly log: (line: string) => void,
  ) {}

  /** One request, one try. */
  async call(source: ContentSource, action: string, params?: object): Promise<SourceAnswer> {
    if (source.baseUri === undefined) return refused('The source has no Base URI.');
    const time = isoSeconds(this.clock.now());
    const body = Buffer.from(JSON.stringify(params ? { action, params, time } : { action, time }));
    const answer = await this.outgoing.send({
      method: 'POST',
      url: source.baseUri,
      headers: {
        'Content-Type': 'application/json',
        [SIGNATURE_HEADER]: sign(source.realtimeToken, body),
      },
      body,
      timeoutMs: this.assumptions.sdkTimeoutMs,
    });
    const result =
      answer.kind === 'unreachable'
        ? refused(answer.problem)
        : this.#judge(source, answer.status, answer.headers, answer.body);
    this.log(
      `engage → ${action} ${place(source.baseUri)}: ${
        result.kind === 'accepted'
          ? `${result.status}, its signature is ${result.signature}`
          : result.problem
      }`,
    );
    return result;
  }

  /** As on saving a source: asks what it implements; nothing else is sent until that succeeded. */
  async save(source: ContentSource): Promise<InfoResult> {
    const answer = await this.call(source, 'implementation.info');
    const read =
      answer.kind === 'accepted'
        ? readImplementation(answer.value)
        : { ok: false as const, problem: answer.problem };
    const words = this.assumptions.sourceStatusWords;
    source.implementation = read.ok ? read.implementation : undefined;
    source.status = read.ok ? words.working : words.failing;
    source.error_message = read.ok ? null : read.problem;
    this.account.touch(source);
    if (!read.ok) return read;
    const actions = Object.entries(read.implementation.objects)
      .map(([object, verbs]) => `${object}: ${verbs.join(', ')}`)
      .join('; ');
    return {
      ok: true,
      signature: answer.kind === 'accepted' ? answer.signature : 'missing',
      actions,
    };
  }

  #judge(
    source: ContentSource,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    body: Buffer,
  ): SourceAnswer {
    const who = place(source.baseUri ?? '');
    if (status < 200 || status > 299) {
      return refused(`${who} answered ${status}${excerpt(body)}.`);
    }
    const signature = this.#signatureOf(source, headers, body);
    if (signature !== 'right' && this.assumptions.answerSignature === 'required') {
      return refused(`The signature of the answer of ${who} is ${signature}.`);
    }
    let value: unknown;
    try {
      value = JSON.parse(body.toString('utf8'));
    } catch {
      return refused(`${who} answered ${status} with a body that is no JSON.`);
    }
    const error = ERROR_ANSWER.safeParse(value);
    if (error.success) {
      const { fatal, message } = error.data.error;
      const kind = fatal === true ? 'a fatal error' : 'an error';
      return refused(`${who} answered ${kind}: ${message ?? 'no message'}.`, fatal === true);
    }
    return { kind: 'accepted', value, status, signature };
  }

  #signatureOf(
    source: ContentSource,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    body: Buffer,
  ): AnswerSignature {
    const given = headers[SIGNATURE_HEADER.toLowerCase()];
    if (typeof given !== 'string') return 'missing';
    const { upperCaseHexAccepted } = this.assumptions;
    return isSignedBy(source.realtimeToken, body, given, upperCaseHexAccepted) ? 'right' : 'wrong';
  }
}

const refused = (problem: string, fatal = false): SourceAnswer => ({
  kind: 'refused',
  fatal,
  problem,
});

/** The beginning of an error text, which the documents ask for (“a short text body helps”). */
function excerpt(body: Buffer): string {
  const text = body.subarray(0, 400).toString('utf8').replace(/\s+/g, ' ').trim().slice(0, 120);
  return text === '' ? '' : ` (“${text}”)`;
}
