import process from 'node:process';

const NAMES = {
  server: 'RC_SERVER_URL',
  botToken: 'RC_BOT_TOKEN',
  realtimeToken: 'BOT_CHANNELS_REALTIME_TOKEN',
  webhookSecret: 'BOT_CHANNELS_WEBHOOK_SECRET',
  verifyToken: 'BOT_CHANNELS_VERIFY_TOKEN',
  apiUrl: 'BOT_CHANNELS_ENGAGE_API_URL',
  accessToken: 'BOT_CHANNELS_ENGAGE_ACCESS_TOKEN',
  realtimeUrl: 'BOT_CHANNELS_ENGAGE_REALTIME_URL',
  botCategory: 'BOT_CHANNELS_ENGAGE_BOT_CATEGORY',
  agentCategory: 'BOT_CHANNELS_ENGAGE_AGENT_CATEGORY',
};

/**
 * The settings from the environment. A part whose settings are missing is off, `off` says which and
 * why in a line each; the bot runs with the rest.
 */
export function readSettings(env) {
  const all = {};
  for (const [key, name] of Object.entries(NAMES)) all[key] = env[name]?.trim() || undefined;
  const off = [];

  const isComplete = (part, keys) => {
    const missing = keys.filter((key) => !all[key]).map((key) => NAMES[key]);
    const wrong = keys.filter((key) => key.endsWith('Url') || key === 'server');
    const invalid = wrong.filter((key) => all[key] && !isHttp(all[key])).map((key) => NAMES[key]);
    if (missing.length > 0) off.push(`${part} is off: ${missing.join(', ')} not set`);
    else if (invalid.length > 0)
      off.push(`${part} is off: ${invalid.join(', ')} is no http address`);
    return missing.length === 0 && invalid.length === 0;
  };

  const { server, botToken, verifyToken, webhookSecret, realtimeToken, ...engage } = all;
  const engageKeys = ['realtimeToken', ...Object.keys(engage)];
  const settings = {
    port: readPort(env.PORT),
    publicUrl: env.PUBLIC_URL?.trim() || undefined,
    glip: isComplete('The chat', ['server', 'botToken']) ? { server, token: botToken } : undefined,
    engage: isComplete('Handing over', engageKeys) ? { ...engage, realtimeToken } : undefined,
    verifyToken,
    webhookSecret,
    realtimeToken,
    off,
  };
  isComplete("Engage's handshake", ['verifyToken']);
  isComplete("Receiving Engage's webhooks", ['webhookSecret']);
  isComplete("Receiving agents' messages", ['realtimeToken']);
  if (settings.glip && !verifyToken) {
    off.push(`Checking who sends posts to /webhook is off: ${NAMES.verifyToken} not set`);
  }
  return settings;
}

function readPort(text) {
  if (!text?.trim()) return 4760;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  console.error(`PORT is “${text}”; a number from 0 to 65535 is expected.`);
  process.exit(1);
}

function isHttp(text) {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
