import { ApiProblem } from '../errors/apiProblem';

/** What the platform would say with each status that can be ordered. */
const REASONS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['CMN-104', 'Cannot parse request'],
  401: ['CMN-405', 'Login to extension required'],
  403: ['CMN-403', 'The feature is not available for this extension type'],
  404: ['CMN-120', 'Invalid URI'],
  429: ['CMN-301', 'Request rate exceeded'],
  500: ['CMN-203', 'Internal Server Error'],
  502: ['CMN-201', 'Service Temporary Unavailable'],
  503: ['CMN-201', 'Service Temporary Unavailable'],
  504: ['CMN-201', 'Service Temporary Unavailable'],
};

export const ORDERABLE_STATUSES = Object.keys(REASONS).map(Number);

/** Failures that were ordered by a control command, to be met by the next requests. */
export class OrderedFailures {
  #left = 0;
  #status = 500;
  #path = '';

  get left(): number {
    return this.#left;
  }

  /** The next `count` requests whose path begins with `path` fail with `status`. */
  order(count: number, status: number, path: string): void {
    this.#left = count;
    this.#status = status;
    this.#path = path;
  }

  /** The failure this request has to meet, if any is left. */
  take(path: string): ApiProblem | undefined {
    const reason = REASONS[this.#status];
    if (this.#left <= 0 || !reason || !path.startsWith(this.#path)) return undefined;
    this.#left -= 1;
    const [errorCode, message] = reason;
    const wait = this.#status === 429 || this.#status === 503 ? { 'Retry-After': '1' } : {};
    return new ApiProblem(this.#status, [{ errorCode, message }], wait);
  }
}
