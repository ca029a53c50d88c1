/** Engage Digital docs, Source SDK, Send API: the largest request, in bytes. */
export const MOST_REQUEST_BYTES = 20_971_520;

/** An error of the Send API, a text as the docs’ table prints it. `detail` is for the log only. */
export class SendProblem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly detail?: string,
  ) {
    super(message);
  }
}

export const badRequest = (): SendProblem => new SendProblem(400, 'Bad request');
export const badFormat = (): SendProblem => new SendProblem(400, 'Invalid request format');
export const badSize = (): SendProblem =>
  new SendProblem(413, `Invalid request size (max: ${MOST_REQUEST_BYTES} bytes)`);
export const sourceNotFound = (): SendProblem => new SendProblem(422, 'Source not found');
export const badSignature = (): SendProblem => new SendProblem(422, 'Invalid signature');
export const badAction = (detail?: string): SendProblem =>
  new SendProblem(422, 'Invalid action', detail);
export const badResource = (detail: string): SendProblem =>
  new SendProblem(422, 'Invalid resource format', detail);
export const badStructuredContent = (detail: string): SendProblem =>
  new SendProblem(422, 'Invalid structured content', detail);
export const notPuppetizable = (): SendProblem =>
  new SendProblem(422, 'The author must be puppetizable');
export const tooManyTypings = (): SendProblem => new SendProblem(429, 'Too many typing requests');
