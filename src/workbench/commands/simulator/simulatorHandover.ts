import * as vscode from 'vscode';
import * as z from 'zod';
import { setting } from '../../config';
import { COMMANDS } from '../../ids';
import type { Services } from '../../services/services';
import { checkTarget } from '../../targets';
import { orCancel, type Command } from '../command';

/** Plays a whole handover: webhook and Source SDK calls, signed, at the recorder or the bot. */
export const simulatorHandover: Command = {
  id: COMMANDS.simulatorHandover,
  async run(services) {
    await services.simulator.control('status');
    const url = orCancel(
      await vscode.window.showInputBox({
        title: vscode.l10n.t('Play a Handover'),
        prompt: vscode.l10n.t('The bot’s endpoint for the webhook and the Source SDK'),
        value: endpoint(services),
        validateInput: (value) => {
          const checked = checkTarget(value);
          return checked.ok ? undefined : checked.problem;
        },
      }),
    );
    const report = await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('The simulator plays a handover at {0}', url),
      },
      async () => [
        ...stepsOf(await services.simulator.control('engage.connect', { url })),
        ...stepsOf(await services.simulator.control('engage.handover')),
      ],
    );
    for (const { step, ok, what } of report) {
      services.log[ok ? 'info' : 'warn'](`handover, ${step}: ${what}`);
    }
    void tell(services, report);
    return report;
  },
};

/** The recorder where one runs, else the bot; a path that is configured stays. */
function endpoint(services: Services): string {
  const bot = setting('recorder.forwardTo') || setting('replay.target');
  const base = services.recording.state?.url ?? bot;
  if (!URL.canParse(base)) return base;
  const url = new URL(base);
  return url.pathname === '/' ? new URL('/handover/rce', url).href : base;
}

const reportSchema = z.object({
  steps: z.array(z.object({ step: z.string(), ok: z.boolean(), what: z.string() })),
});
type Step = z.infer<typeof reportSchema>['steps'][number];

function stepsOf(report: unknown): Step[] {
  return reportSchema.parse(report).steps;
}

async function tell(services: Services, report: readonly Step[]): Promise<void> {
  const bad = report.filter(({ ok }) => !ok);
  const [first] = bad;
  const showLog = vscode.l10n.t('Show Log');
  const choice = first
    ? await vscode.window.showWarningMessage(
        vscode.l10n.t(
          '{0} of {1} handover calls failed. {2}',
          bad.length,
          report.length,
          first.what,
        ),
        showLog,
      )
    : await vscode.window.showInformationMessage(
        vscode.l10n.t('The handover was played: {0} of {0} calls were answered.', report.length),
        showLog,
      );
  if (choice === showLog) services.log.show();
}
