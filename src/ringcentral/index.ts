export { RingCentralClient, type PostPage, type WebSocketToken } from './ringCentralClient';
export { RingCentralError, mayPass, readError } from './ringCentralError';
export {
  GatewaySocket,
  type GatewaySocketOptions,
  type GatewayState,
} from './gateway/gatewaySocket';
export type { GatewayEvent } from './gateway/gatewayEvent';
export type { DialSocket, DialledSocket, SocketEnd, SocketListener } from './gateway/dial';
export { readPost, type Chat, type Extension, type Person, type Post } from './records';
export { OAuthClient, type OAuthClientOptions } from './oauth';
export { OAuthError } from './oauthError';
export type { TokenSet } from './oauthTokenSet';
