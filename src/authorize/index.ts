export { type SignInOptions } from './appSession';
export { assumptions, type Assumptions } from './assumptions';
export { Authorizer } from './authorizer';
export { type OpenPage } from './browserSignIn';
export { type SessionState, type SignedInPerson } from './session';
export { type CredentialKind } from './sessionKeeper';
