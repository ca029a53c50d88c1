import { addApp } from './apps/addApp';
import { addSimulator } from './apps/addSimulator';
import { removeApp } from './apps/removeApp';
import { setActive } from './apps/setActive';
import { setSecret } from './apps/setSecret';
import { signIn } from './apps/signIn';
import { signOut } from './apps/signOut';
import { copyRecorderUrl } from './captures/copyRecorderUrl';
import { openExchange } from './captures/openExchange';
import { openResult } from './captures/openResult';
import { refreshCaptures } from './captures/refreshCaptures';
import { replayCapture } from './captures/replayCapture';
import { replayExchange } from './captures/replayExchange';
import { startRecorder } from './captures/startRecorder';
import { stopRecorder } from './captures/stopRecorder';
import type { Command } from './command';
import { stopTail } from './messages/stopTail';
import { tail } from './messages/tail';
import { setCaptureSecret } from './secrets/setCaptureSecret';
import { showSecrets } from './secrets/showSecrets';
import { simulatorHandover } from './simulator/simulatorHandover';
import { simulatorPost } from './simulator/simulatorPost';
import { startSimulator } from './simulator/startSimulator';
import { stopSimulator } from './simulator/stopSimulator';

/** Every command; a unit test holds the list against the ids and the manifest. */
export const commands: readonly Command[] = [
  addApp,
  addSimulator,
  signIn,
  signOut,
  setActive,
  setSecret,
  removeApp,
  tail,
  stopTail,
  startRecorder,
  stopRecorder,
  openExchange,
  replayExchange,
  replayCapture,
  refreshCaptures,
  openResult,
  copyRecorderUrl,
  startSimulator,
  stopSimulator,
  simulatorPost,
  simulatorHandover,
  showSecrets,
  setCaptureSecret,
];
