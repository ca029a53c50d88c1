import { type Redactor } from '../base/redact';
import { type CallOptions, type SecretStore } from '../keychain';
import { readKeptSession, type KeptSession } from './session';

/** What a person gives so that an app can sign in. */
export type CredentialKind = 'clientSecret' | 'jwt' | 'botToken';

export const CREDENTIAL_KINDS: readonly CredentialKind[] = ['clientSecret', 'jwt', 'botToken'];

const PERSON: CallOptions = { startedBy: 'person' };

/** The secrets of the apps by their names in the secret store: `app/<id>/session` and the like. */
export class SessionKeeper {
  readonly #secrets: () => Promise<SecretStore>;
  readonly #redactor: Redactor;

  constructor(secrets: () => Promise<SecretStore>, redactor: Redactor) {
    this.#secrets = secrets;
    this.#redactor = redactor;
  }

  async session(appId: string, options?: CallOptions): Promise<KeptSession | undefined> {
    const text = await (await this.#secrets()).get(sessionName(appId), options);
    const session = text === undefined ? undefined : readKeptSession(text);
    this.learn(session?.accessToken, session?.refreshToken);
    return session;
  }

  async keepSession(appId: string, session: KeptSession, options?: CallOptions): Promise<void> {
    this.learn(session.accessToken, session.refreshToken);
    await (await this.#secrets()).set(sessionName(appId), JSON.stringify(session), options);
  }

  async dropSession(appId: string): Promise<void> {
    await (await this.#secrets()).delete(sessionName(appId));
  }

  async credential(appId: string, kind: CredentialKind): Promise<string | undefined> {
    const value = await (await this.#secrets()).get(credentialName(appId, kind), PERSON);
    this.learn(value);
    return value;
  }

  async keepCredential(appId: string, kind: CredentialKind, value: string): Promise<void> {
    this.learn(value);
    await (await this.#secrets()).set(credentialName(appId, kind), value, PERSON);
  }

  async dropAll(appId: string): Promise<void> {
    const store = await this.#secrets();
    await store.delete(sessionName(appId));
    for (const kind of CREDENTIAL_KINDS) await store.delete(credentialName(appId, kind));
  }

  /** Makes values known to the redaction of every log and message. */
  learn(...values: readonly (string | undefined)[]): void {
    for (const value of values) this.#redactor.learn(value);
  }
}

function sessionName(appId: string): string {
  return `app/${appId}/session`;
}

function credentialName(appId: string, kind: CredentialKind): string {
  return `app/${appId}/${kind}`;
}
