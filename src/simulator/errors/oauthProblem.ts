/** The `error` words of RFC 6749 that the simulator says. */
export type OAuthErrorWord =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'access_denied';

/** An error of the OAuth endpoints: RFC 6749's two fields and RingCentral's code beside them. */
export class OAuthProblem extends Error {
  constructor(
    readonly status: number,
    readonly word: OAuthErrorWord,
    readonly code: string,
    readonly description: string,
  ) {
    super(description);
  }

  body(): Record<string, unknown> {
    return {
      error: this.word,
      error_description: this.description,
      errors: [{ errorCode: this.code, message: this.description }],
    };
  }
}
