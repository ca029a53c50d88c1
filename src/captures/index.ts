export { bytesOf, decompressed, writtenBody, type WrittenBody } from './bodies';
export { CaptureWriter } from './captureWriter';
export { documentOf } from './documentOf';
export {
  isAnswered,
  targetOf,
  type CaptureEntry,
  type HarContent,
  type HarPair,
  type HarPostData,
  type HarRequest,
  type HarResponse,
} from './entry';
export { EnvironmentVault } from './environmentVault';
export { exchange, type ExchangeLimits, type Outgoing, type RawAnswer } from './exchange';
export { headersToSend } from './hopByHop';
export { CAPTURE_KINDS, type CaptureKind } from './kinds';
export { portProblem } from './listen';
export { readCapture, type Capture } from './readCapture';
export { Recorder, type RecorderOptions } from './recorder';
export { SecretHider } from './secretHider';
export { namesIn, restoreReferences } from './secretReferences';
export { Target } from './target';
export { summaryOf, titleOf } from './titles';
export type { SecretVault } from './vault';
