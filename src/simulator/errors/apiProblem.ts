/** One entry of `errors[]`; further keys name what is wrong (`parameterName`, `permissionName`). */
export interface ApiError {
  readonly errorCode: string;
  readonly message: string;
  readonly [detail: string]: unknown;
}

/** Codes whose place at the top level is taken by a word of the API's first years. */
const TOP_LEVEL_WORDS: Readonly<Record<string, string>> = {
  'CMN-101': 'InvalidParameter',
  'CMN-401': 'InsufficientPermissions',
};

/** An answer of the REST API that is an error (RingCentral developer guide, API error codes). */
export class ApiProblem extends Error {
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    readonly status: number,
    readonly errors: readonly [ApiError, ...ApiError[]],
    headers: Record<string, string> = {},
  ) {
    super(errors[0].message);
    this.headers = headers;
  }

  /** `{errorCode, message, errors[]}` with the first error's details repeated at the top. */
  body(): Record<string, unknown> {
    const { errorCode, message, ...details } = this.errors[0];
    return {
      errorCode: TOP_LEVEL_WORDS[errorCode] ?? errorCode,
      message,
      errors: this.errors,
      ...details,
    };
  }
}

const problem = (status: number, errorCode: string, message: string): ApiProblem =>
  new ApiProblem(status, [{ errorCode, message }]);

export const invalidParameter = (parameterName: string, why?: string): ApiProblem =>
  new ApiProblem(400, [
    {
      errorCode: 'CMN-101',
      message: `Parameter [${parameterName}] value is invalid${why === undefined ? '.' : ` [${why}]`}`,
      parameterName,
    },
  ]);

export const resourceNotFound = (parameterName: string): ApiProblem =>
  new ApiProblem(404, [
    {
      errorCode: 'CMN-102',
      message: `Resource for parameter [${parameterName}] is not found`,
      parameterName,
    },
  ]);

export const unparsableJson = (): ApiProblem => problem(400, 'CMN-103', "JSON can't be parsed.");
export const unparsableRequest = (): ApiProblem => problem(400, 'CMN-104', 'Cannot parse request');
export const invalidUri = (): ApiProblem => problem(404, 'CMN-120', 'Invalid URI');
export const internalError = (): ApiProblem => problem(500, 'CMN-203', 'Internal Server Error');
export const loginRequired = (): ApiProblem =>
  problem(401, 'CMN-405', 'Login to extension required');
export const badAuthorizationHeader = (): ApiProblem =>
  problem(401, 'OAU-123', 'Invalid Authorization header value');
export const accessTokenExpired = (): ApiProblem => problem(401, 'OAU-128', 'Access token expired');
export const unknownToken = (code: string): ApiProblem => problem(401, code, 'Token not found');
export const forbidden = (code: string, message: string): ApiProblem => problem(403, code, message);
export const subscriptionProblem = problem;

/** RingCentral developer guide, Rate limits: 429 with the seconds to stay away. */
export const rateExceeded = (headers: Record<string, string>): ApiProblem =>
  new ApiProblem(429, [{ errorCode: 'CMN-301', message: 'Request rate exceeded' }], headers);

/** RingCentral developer guide, Posting messages: the daily limit answers 500, not 429. */
export const dailyLimitReached = (): ApiProblem =>
  problem(500, 'CMN-203', 'You have exceeded your limits for this action');
