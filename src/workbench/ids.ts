/** Every id that `package.json` contributes; a unit test holds both lists against each other. */
export const COMMANDS = {
  addSimulator: 'botChannels.apps.addSimulator',
  addApp: 'botChannels.apps.add',
  signIn: 'botChannels.apps.signIn',
  signOut: 'botChannels.apps.signOut',
  setActive: 'botChannels.apps.setActive',
  setSecret: 'botChannels.apps.setSecret',
  removeApp: 'botChannels.apps.remove',
  tail: 'botChannels.messages.tail',
  stopTail: 'botChannels.messages.stop',
  startRecorder: 'botChannels.captures.startRecorder',
  stopRecorder: 'botChannels.captures.stopRecorder',
  openExchange: 'botChannels.captures.open',
  replayExchange: 'botChannels.captures.replay',
  replayCapture: 'botChannels.captures.replayAll',
  refreshCaptures: 'botChannels.captures.refresh',
  openResult: 'botChannels.captures.openResult',
  copyRecorderUrl: 'botChannels.captures.copyRecorderUrl',
  startSimulator: 'botChannels.simulator.start',
  stopSimulator: 'botChannels.simulator.stop',
  simulatorPost: 'botChannels.simulator.post',
  simulatorHandover: 'botChannels.simulator.handover',
  showSecrets: 'botChannels.secrets.show',
  setCaptureSecret: 'botChannels.secrets.set',
} as const;

export type CommandId = (typeof COMMANDS)[keyof typeof COMMANDS];

export const VIEWS = {
  apps: 'botChannels.apps',
  captures: 'botChannels.captures',
  messages: 'botChannels.messages',
} as const;

/** The settings and the type of each one's value. */
export interface Settings {
  'simulator.port': number;
  'authorize.timeout': number;
  'recorder.port': number;
  'recorder.forwardTo': string;
  'replay.target': string;
  'captures.folder': string;
}

export const SETTING_KEYS: readonly (keyof Settings)[] = [
  'simulator.port',
  'authorize.timeout',
  'recorder.port',
  'recorder.forwardTo',
  'replay.target',
  'captures.folder',
];

/** Context keys that `when` clauses read. */
export interface ContextKeys {
  'botChannels.recording': boolean;
  'botChannels.tailing': boolean;
  'botChannels.simulatorOwned': boolean;
}

export const DEBUG_TYPE = 'bot-channel-replay';
export const DOCUMENT_SCHEME = 'bot-channels';
export const EXCHANGE_LANGUAGE = 'bot-channels-exchange';
