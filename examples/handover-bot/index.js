import process from 'node:process';
import { Conversations } from './conversation.js';
import { Engage } from './engage.js';
import { Glip } from './glip.js';
import { handoverEndpoint } from './handover.js';
import { log } from './log.js';
import { startServer } from './server.js';
import { readSettings } from './settings.js';
import { glipWebhook } from './webhook.js';

const settings = readSettings(process.env);
const glip = settings.glip && new Glip({ ...settings.glip, log });
const engage = settings.engage && new Engage(settings.engage);
const conversations = new Conversations({ glip, engage, log });
const { verifyToken, webhookSecret, realtimeToken } = settings;

const routes = {
  '/': () => ({ status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'handover-bot\n' }),
  '/handover/rce': handoverEndpoint({
    verifyToken,
    webhookSecret,
    realtimeToken,
    sourceId: engage?.sourceId,
    conversations,
    log,
  }),
};
if (glip) routes['/webhook'] = glipWebhook({ glip, conversations, verifyToken, log });

const stopped = new AbortController();
try {
  const server = await startServer({ port: settings.port, routes, log });
  const url = `http://127.0.0.1:${server.address().port}`;
  const publicUrl = (settings.publicUrl ?? url).replace(/\/+$/, '');
  log(`handover-bot listens at ${url}, Engage's calls at ${publicUrl}/handover/rce`);
  for (const line of settings.off) log(`- ${line}`);

  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      stopped.abort();
      server.close(() => process.exit(0));
      server.closeAllConnections();
    });
  }
  await glip?.stayConnected({
    address: `${publicUrl}/webhook`,
    verificationToken: verifyToken,
    signal: stopped.signal,
  });
} catch (error) {
  if (error.syscall !== 'listen') throw error;
  const remedy = 'Stop what uses it or set PORT to another one.';
  console.error(`Port ${settings.port} cannot be listened at (${error.code}). ${remedy}`);
  process.exitCode = 1;
}
