import * as vscode from 'vscode';
import { COMMANDS } from '../../ids';
import type { Services } from '../../services/services';
import type { PracticeDetails } from '../../services/practiceDetails';
import type { AppProfile } from '../../../apps';
import type { Command } from '../command';

/** Adds the running simulator as an app, starting one where none runs. */
export const addSimulator: Command = {
  id: COMMANDS.addSimulator,
  async run(services) {
    const details = await vscode.window.withProgress(
      { location: { viewId: 'botChannels.apps' } },
      () => services.simulator.ensure(),
    );
    const app = await keep(services, details);
    await services.authorizer.setCredential(app.id, 'clientSecret', details.clientSecret);
    await services.apps.setActive(app.id);
    const signIn = vscode.l10n.t('Sign In…');
    const message = vscode.l10n.t('“{0}” is ready at {1}.', app.name, details.server);
    void vscode.window.showInformationMessage(message, signIn).then((choice) => {
      if (choice === signIn) void vscode.commands.executeCommand(COMMANDS.signIn, app.id);
    });
    return app.id;
  },
};

/** The simulator is one app, however often it is added; what it says of itself now wins. */
async function keep(services: Services, details: PracticeDetails): Promise<AppProfile> {
  const draft = {
    name: vscode.l10n.t('Simulator'),
    environment: 'simulator' as const,
    server: details.server,
    clientId: details.clientId,
    grant: 'authorization_code' as const,
    isPublicClient: false,
    redirectUris: details.redirectUris,
  };
  const before = services.apps.list().find((app) => app.environment === 'simulator');
  if (!before) return services.apps.add(draft);
  const app = { ...draft, id: before.id, name: before.name };
  await services.apps.update(app);
  return app;
}
