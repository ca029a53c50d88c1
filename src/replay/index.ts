export { replay, type ReplayOptions, type ReplaySummary } from './replay';
export type { ReplayResult } from './sender';
export type { Speed } from './timing';
