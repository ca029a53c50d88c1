import * as l10n from '@vscode/l10n';
import { type AppProfile } from '../apps';
import { type HttpClient } from '../http';
import { RingCentralClient, RingCentralError, type TokenSet } from '../ringcentral';
import { type SignedInPerson } from './session';

/** Asks RingCentral whom a new token belongs to, which also shows that the token works. */
export async function whoAmI(
  http: Pick<HttpClient, 'send'>,
  app: AppProfile,
  tokens: TokenSet,
): Promise<SignedInPerson> {
  const client = new RingCentralClient({
    http,
    server: app.server,
    accessToken: () => Promise.resolve(tokens.accessToken),
  });
  try {
    const { id, name, extensionNumber } = await client.extension();
    return {
      id,
      name: name ?? l10n.t('Extension {0}', extensionNumber ?? id),
      ...(extensionNumber !== undefined && { extensionNumber }),
    };
  } catch (error) {
    // An app without the permission to read accounts is signed in all the same.
    const isForbidden = error instanceof RingCentralError && error.status === 403;
    if (!isForbidden || tokens.ownerId === undefined) throw error;
    return { id: tokens.ownerId, name: l10n.t('Extension {0}', tokens.ownerId) };
  }
}
