import type { EngageAssumptions } from './assumptions';

/** An error answer of the REST API: `{error, message, status}` (Engage Digital docs, Responses). */
export class EngageProblem extends Error {
  constructor(
    readonly status: number,
    readonly identifier: string,
    message: string,
  ) {
    super(message);
  }

  body(): { error: string; message: string; status: number } {
    return { error: this.identifier, message: this.message, status: this.status };
  }
}

/** Makes the error answers; which identifiers they carry is mostly assumed. */
export class Problems {
  readonly #names: EngageAssumptions['identifiers'];

  constructor(private readonly assumptions: EngageAssumptions) {
    this.#names = assumptions.identifiers;
  }

  badRequest = (message: string): EngageProblem =>
    new EngageProblem(400, this.#names.badRequest, message);

  badToken = (): EngageProblem =>
    new EngageProblem(
      this.assumptions.badTokenStatus,
      this.assumptions.badTokenIdentifier,
      'The access token is missing or unknown',
    );

  forbidden = (message: string): EngageProblem =>
    new EngageProblem(403, this.#names.forbidden, message);

  notFound = (what: string): EngageProblem =>
    new EngageProblem(404, this.#names.notFound, `${what} not found`);

  conflict = (message: string): EngageProblem =>
    new EngageProblem(409, this.#names.conflict, message);

  tooLarge = (): EngageProblem =>
    new EngageProblem(413, this.#names.tooLarge, 'The request is too large');

  invalid = (message: string): EngageProblem =>
    new EngageProblem(422, this.#names.invalid, message);

  rateLimited = (): EngageProblem =>
    new EngageProblem(429, 'rate_limit_exceeded', 'Rate limit exceeded');

  replyToClosed = (message: string): EngageProblem =>
    new EngageProblem(403, this.assumptions.replyToClosedIdentifier, message);

  internal = (): EngageProblem =>
    new EngageProblem(500, this.#names.internal, 'Something went wrong');
}
