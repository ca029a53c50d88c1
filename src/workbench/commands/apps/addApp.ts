import * as vscode from 'vscode';
import {
  checkClientId,
  checkName,
  checkRedirectUri,
  checkServer,
  isLoopback,
  SERVERS,
} from '../../../apps';
import { COMMANDS } from '../../ids';
import { inputSteps, type InputStep } from '../../inputSteps';
import { orCancel, type Command } from '../command';

/** The redirect URI that is offered first: the one the callback server listens on by default. */
const DEFAULT_REDIRECT_URI = 'http://localhost:4748/callback';

/** Adds an app of the developer console: name, server, client id, redirect URI, client secret. */
export const addApp: Command = {
  id: COMMANDS.addApp,
  async run(services) {
    const answers = orCancel(await inputSteps(vscode.l10n.t('Add a RingCentral App'), steps()));
    const [name, server, clientId, redirectUri, secret] = answers;
    const app = await services.apps.add({
      name: name ?? '',
      environment: server === SERVERS.production.url ? 'production' : 'custom',
      server: server ?? '',
      clientId: clientId ?? '',
      grant: 'authorization_code',
      isPublicClient: secret === '',
      redirectUris: [redirectUri ?? ''],
    });
    if (secret) await services.authorizer.setCredential(app.id, 'clientSecret', secret);
    await services.apps.setActive(app.id);
    return app.id;
  },
};

/** The browser comes back to this machine, so the redirect URI has to lead here. */
function checkOwnRedirectUri(text: string): ReturnType<typeof checkRedirectUri> {
  const checked = checkRedirectUri(text);
  if (!checked.ok || isLoopback(new URL(checked.value).hostname)) return checked;
  return {
    ok: false,
    problem: vscode.l10n.t(
      'Use one that leads to this machine, such as {0}.',
      DEFAULT_REDIRECT_URI,
    ),
  };
}

function steps(): InputStep[] {
  return [
    {
      prompt: vscode.l10n.t('A name for this app, for your own eyes'),
      placeholder: vscode.l10n.t('Support bot'),
      check: checkName,
    },
    {
      prompt: vscode.l10n.t('Server: RingCentral’s production, or another origin'),
      value: SERVERS.production.url,
      check: checkServer,
    },
    {
      prompt: vscode.l10n.t('Client ID, from the app’s Credentials in the developer console'),
      check: checkClientId,
    },
    {
      prompt: vscode.l10n.t('Redirect URI, exactly as it is registered in the developer console'),
      value: DEFAULT_REDIRECT_URI,
      check: checkOwnRedirectUri,
    },
    {
      prompt: vscode.l10n.t('Client secret; leave it empty for a client-side app (PKCE)'),
      password: true,
      check: (text) => ({ ok: true, value: text.trim() }),
    },
  ];
}
