import { gatewayCodes } from './codes/gatewayCodes';
import { oauthCodes } from './codes/oauthCodes';
import { restCodes } from './codes/restCodes';
import { subscriptionCodes } from './codes/subscriptionCodes';
import type { RemoteFault } from './faultBody';
import * as l10n from '@vscode/l10n';

/** What a code means and what to do about it. */
export interface Explanation {
  /** Follows a colon, so it begins small and has no full stop. */
  readonly meaning: string;
  /** A whole sentence. */
  readonly remedy: string;
}

/** Texts are made when asked for, because the language is set after this file is loaded. */
export type CodeTable = Readonly<Record<string, (fault: RemoteFault) => Explanation>>;

const TABLES: readonly CodeTable[] = [oauthCodes, restCodes, subscriptionCodes, gatewayCodes];

/** Undefined when neither the code nor the message is one of those explained here. */
export function explanationOf(fault: RemoteFault): Explanation | undefined {
  if (/exceeded your limits for this action/i.test(fault.message ?? '')) return dailyPostLimit();
  const { code } = fault;
  if (code === undefined) return undefined;
  const table = TABLES.find((candidate) => Object.hasOwn(candidate, code));
  return table?.[code]?.(fault);
}

/** Team Messaging guide, Posting messages: answered with 500 and without a code. */
function dailyPostLimit(): Explanation {
  return {
    meaning: l10n.t('the limit of posts by API for one person and day is reached'),
    remedy: l10n.t('Wait until tomorrow, or post as another person or bot.'),
  };
}
