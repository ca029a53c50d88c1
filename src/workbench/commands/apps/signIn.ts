import * as vscode from 'vscode';
import { HumanError } from '../../../base/humanError';
import { COMMANDS } from '../../ids';
import type { Services } from '../../services/services';
import type { AppProfile } from '../../../apps';
import { Cancelled, type Command } from '../command';
import { pickApp } from '../pick';
import { abortSignalOf } from '../../progress';

/** Signs in to an app; the browser comes back to the loopback callback. */
export const signIn: Command = {
  id: COMMANDS.signIn,
  async run(services, argument) {
    const app = await pickApp(services, argument);
    const state = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Signing in to “{0}”: finish in the browser…', app.name),
        cancellable: true,
      },
      (_progress, token) =>
        signInTo(services, app, token).catch((error: unknown) => {
          // Cancelled by the person, or by their newer sign-in: nothing to tell them.
          if (error instanceof HumanError && error.code === 'cancelled') {
            throw new Cancelled(error.message);
          }
          throw error;
        }),
    );
    if (state.kind === 'signedIn') {
      const tail = vscode.l10n.t('Tail a Chat…');
      const message = vscode.l10n.t('Signed in to “{0}” as {1}.', app.name, state.person.name);
      void vscode.window.showInformationMessage(message, tail).then((choice) => {
        if (choice === tail) void vscode.commands.executeCommand(COMMANDS.tail, app.id);
      });
    }
    return state.kind;
  },
};

function signInTo(services: Services, app: AppProfile, token: vscode.CancellationToken) {
  return services.authorizer.signIn(app.id, {
    signal: abortSignalOf(token),
    open: async (url) => {
      await forwardCallback(url);
      // The string goes through untouched; a vscode.Uri would encode its query a second time.
      return vscode.env.openExternal(url as unknown as vscode.Uri);
    },
  });
}

/**
 * Where VS Code runs away from the browser (WSL, SSH, containers), asking for the external form of
 * the callback is what makes VS Code forward its port. Where the external form differs, the
 * platform would refuse it, since redirect URIs match exactly.
 */
async function forwardCallback(authorizeUrl: string): Promise<void> {
  const redirectUri = new URL(authorizeUrl).searchParams.get('redirect_uri');
  if (redirectUri === null) return;
  const local = new URL(redirectUri);
  const external = await vscode.env.asExternalUri(vscode.Uri.parse(local.origin, true));
  if (new URL(external.toString(true)).port === local.port) return;
  const wanted = `${external.toString(true).replace(/\/$/, '')}${local.pathname}`;
  throw new HumanError(
    vscode.l10n.t('The browser cannot reach {0} from where VS Code runs.', redirectUri),
    {
      remedy: vscode.l10n.t(
        'Register {0} as a redirect URI of the app, and add the app again with it.',
        wanted,
      ),
    },
  );
}
