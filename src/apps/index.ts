export { AppRegistry, type ProfileStore } from './appRegistry';
export {
  checkClientId,
  checkName,
  checkRedirectUri,
  checkServer,
  isLoopback,
  type Check,
} from './checks';
export { type AppProfile, type Environment, type Grant } from './profile';
export { SERVERS, type Server } from './servers';
