import type { FastifyPluginCallback } from 'fastify';
import type { SimulatorDetails } from '../details';
import { html } from './html';
import { factList, sendPage } from './layout';

/** What a person sees who opens the simulator's address in a browser. Secrets are not shown. */
export function welcomeRoute(details: () => SimulatorDetails): FastifyPluginCallback {
  return (server, _options, done) => {
    server.get('/', (_request, reply) => {
      const { server: origin, clientId, redirectUri, chatId, engage, control } = details();
      return sendPage(reply, 200, {
        title: 'Practice platform',
        note: 'Nothing here leaves this computer',
        body: html`<main>
          <h1>The practice platform is running</h1>
          <p class="soft">
            It stands in for RingCentral and Engage Digital while you build. Point an app at these:
          </p>
          ${factList([
            ['RingCentral', [origin]],
            ['Client id', [clientId]],
            ['Redirect URI', [redirectUri]],
            ['Team chat', [chatId]],
            ['Engage Digital', [engage.apiUrl]],
            ['Control', [control]],
          ])}
          <h2>Make something happen</h2>
          <pre><code>curl ${control} \\
  -H content-type:application/json \\
  -d '{"command":"post","text":"Hello"}'</code></pre>
        </main>`,
      });
    });
    done();
  };
}
