import { type Clock } from '../base/clock';
import { type Log } from '../base/log';
import { type Redactor } from '../base/redact';
import { type HttpClient } from '../http';
import { type Assumptions } from './assumptions';
import { type Grants } from './grants';
import { type SessionKeeper } from './sessionKeeper';

/** What the sessions of all apps share. */
export interface SessionServices {
  readonly keeper: SessionKeeper;
  readonly grants: Grants;
  readonly http: Pick<HttpClient, 'send'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly redactor: Redactor;
  readonly assumed: Assumptions;
  /** How long the browser may take to come back, in milliseconds; asked for at each sign-in. */
  readonly timeoutMs: () => number;
}
