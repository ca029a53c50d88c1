import type { User } from '../account/records';
import type { Parameters } from './parameters';

/** One authorised request of the REST API. */
export interface Call {
  /** The `:name` parts of the path. */
  readonly path: (name: string) => string;
  readonly parameters: Parameters;
  /** The agent the token acts as, or the one it impersonates. */
  readonly user: User;
}

/** One operation; what `run` returns is the JSON answer with status 200. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/1.0`, in Fastify's form: `/categories/:id`. */
  readonly path: string;
  readonly run: (call: Call) => unknown;
}
