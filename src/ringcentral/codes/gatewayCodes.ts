import * as l10n from '@vscode/l10n';
import type { CodeTable } from '../errorCodes';

/** RingCentral developer guide, Keeping WebSocket connections alive. */
export const gatewayCodes: CodeTable = {
  'WSG-902': () => ({
    meaning: l10n.t('the connection was idle for too long'),
    remedy: l10n.t('It is made again by itself.'),
  }),
  'WSG-903': () => ({
    meaning: l10n.t('the connection has reached the longest time it may last'),
    remedy: l10n.t('It is made again by itself.'),
  }),
};
