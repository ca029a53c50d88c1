import * as l10n from '@vscode/l10n';
import { type Environment } from './profile';

export interface Server {
  /** An origin. */
  readonly url: string;
  /** Why it is not to be used any more, as one sentence; absent for a server in use. */
  readonly retired?: () => string;
}

/** The servers with a fixed address (RingCentral developer guide, API endpoints). */
export const SERVERS: Readonly<Record<Exclude<Environment, 'custom'>, Server>> = {
  production: { url: 'https://platform.ringcentral.com' },
  simulator: { url: 'http://127.0.0.1:4747' },
  sandbox: {
    url: 'https://platform.devtest.ringcentral.com',
    retired: () =>
      l10n.t(
        'RingCentral has retired its sandbox: develop against production with an app of your own account, or practise with the simulator.',
      ),
  },
};
