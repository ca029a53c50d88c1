/** One thing the public documents of Engage Digital leave open, what is practised here, and why. */
interface Assumption<T> {
  readonly value: T;
  readonly about: string;
}

const assume = <T>(value: T, about: string): Assumption<T> => ({ value, about });

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/**
 * Where the documents are silent or contradict each other. Each can be set when the room is made
 * (`createEngage({ assumptions })`) and is listed by the control command `engage.assumptions`.
 */
export const ENGAGE_ASSUMPTIONS = {
  sourceType: assume(
    'sdk',
    'The type of a Source SDK source. Resource types of its contents were seen to start with “sdk/”.',
  ),
  communityType: assume('sdk', 'The type of the community of a Source SDK source.'),
  contentType: assume(
    'content',
    'The type of a message of such a source; “sdk/content” was seen as resource type of webhooks.',
  ),
  privateContentType: assume(
    'private_message',
    'The type of a private message of such a source, by analogy with “answers/private_message”.',
  ),
  sourceStatusWords: assume(
    { working: 'ok', failing: 'error' },
    'Values of a source’s status field; none is listed.',
  ),
  webhookStatusWords: assume(
    { verifying: 'verifying', active: 'active', disabled: 'disabled' },
    'Values of webhook_status; none is listed. The audit log knows disabled, suspended, restored.',
  ),
  webhookActiveByDefault: assume(
    true,
    'Whether a webhook created without “active” is saved active and so verified at once.',
  ),
  interventionStatusWords: assume(
    { opened: 'Opened', reopened: 'Reopened', closed: 'Closed', canceled: 'Canceled' },
    'The status of an intervention is a localised text (“Fermée” in the samples).',
  ),
  webhookTimeoutMs: assume(
    10 * SECOND,
    'How long a webhook may take; the documents say only “too much time”.',
  ),
  sdkTimeoutMs: assume(
    10 * SECOND,
    'How long the Base URI may take to answer a Source SDK request; not documented.',
  ),
  webhookRetryDelaysMs: assume<readonly number[]>(
    [32 * SECOND, 4 * MINUTE, 17 * MINUTE, 52 * MINUTE, 120 * MINUTE],
    'Waits before each new try of a webhook request. The table of the guide; its prose says 24 hours.',
  ),
  sdkRetryDelayMs: assume(
    SECOND,
    'Wait between the three documented tries of a Source SDK create; not documented.',
  ),
  answerSignature: assume<'noted' | 'required'>(
    'noted',
    'Whether an answer of the Base URI without a right signature is refused. The guide asks for one; integrations in use sent none.',
  ),
  upperCaseHexAccepted: assume(
    false,
    'Whether a signature in upper-case hex is accepted; all samples are lower case.',
  ),
  sendApiErrorContentType: assume(
    'text/plain; charset=utf-8',
    'The Send API’s errors are documented as texts, without saying whether plain or JSON.',
  ),
  sendApiNeedsDeclaredActions: assume(
    false,
    'Whether a Send API action is refused when implementation.info does not declare it. The guide says it must be declared; users cannot be.',
  ),
  unknownThreadIsCreated: assume(
    true,
    'Whether messages.create with a thread_id never seen makes the thread.',
  ),
  importDelayMs: assume(
    0,
    'How long after the Send API’s ok a content is found by REST. More than 0 practises the race.',
  ),
  repeatedIdUpdates: assume(
    true,
    'Whether a pushed id that is known already updates the content (no second content.imported) instead of adding another.',
  ),
  controlledAuthorStatus: assume(
    'user_reply',
    'The status of imported contents whose author is usable by agents (a bot’s own messages).',
  ),
  customerMessageReopens: assume(
    true,
    'Whether a customer’s new message reopens the thread’s closed intervention by itself.',
  ),
  canceledInterventionIsDeleted: assume(
    true,
    'Whether a cancelled intervention is gone from the REST API; the verb is DELETE.',
  ),
  replyNeedsDeclaration: assume(
    true,
    'Whether an agent can answer only if “reply” is in implementation.info or in the message’s own actions.',
  ),
  createdFrom: assume(
    { imported: 'synchronizer', byAgent: 'interface', byApi: 'api' },
    'Values of created_from; the first two were seen.',
  ),
  replyToClosedIdentifier: assume(
    'intervention_not_opened',
    'The error identifier (403) of a reply to a content without an open intervention.',
  ),
  badTokenStatus: assume(401, 'The HTTP status for a missing or unknown access token.'),
  badTokenIdentifier: assume('invalid_access_token', 'The error identifier of the same.'),
  identifiers: assume(
    {
      badRequest: 'bad_request',
      forbidden: 'forbidden',
      notFound: 'not_found',
      conflict: 'conflict',
      invalid: 'validation_failed',
      tooLarge: 'request_too_large',
      internal: 'internal_error',
    },
    'Error identifiers by status; only rate_limit_exceeded is documented for the REST API.',
  ),
  requestsPerMinute: assume(
    500,
    'Documented; assumed is that the minute is a fixed window per token. 0 switches it off.',
  ),
  pageOverMaximum: assume<'clamp' | 'refuse'>(
    'clamp',
    'What a limit above 150 does; the maximum is documented, the answer is not.',
  ),
  threadForeignKeywords: assume<readonly string[]>(
    ['foreign', 'foreign_id'],
    'Keywords of q for a thread’s foreign id: the guide has the first, an integration in use the second.',
  ),
} as const;

type Table = typeof ENGAGE_ASSUMPTIONS;

/** The value of each assumption, by name. */
export type EngageAssumptions = {
  readonly [K in keyof Table]: Table[K] extends Assumption<infer T> ? T : never;
};

export function settleEngage(overrides: Partial<EngageAssumptions> = {}): EngageAssumptions {
  const settled = Object.entries(ENGAGE_ASSUMPTIONS).map(([name, { value }]) => [name, value]);
  return { ...(Object.fromEntries(settled) as EngageAssumptions), ...overrides };
}
