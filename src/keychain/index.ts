export { MemoryStore } from './memoryStore';
export { openSecretStore, type OpenedSecretStore, type OpenOptions } from './openSecretStore';
export { type CallOptions, type SecretStore, type StoreKind } from './secretStore';
