import type { Acted } from '../desk/desk';
import type { Export } from '../sourceSdk/exporter';
import type { Delivery } from '../webhooks/deliveries';

/** One thing that a command did, and how the bot took it. */
export interface Step {
  readonly step: string;
  readonly ok: boolean;
  /** In plain words. */
  readonly what: string;
}

/** A command cannot be done as things stand; the message says why, in a sentence. */
export class Refusal extends Error {}

const SECOND = 1000;
const MINUTE = 60 * SECOND;

function duration(ms: number): string {
  if (ms >= 60 * MINUTE) return `${ms / (60 * MINUTE)} h`;
  return ms >= MINUTE ? `${ms / MINUTE} min` : `${ms / SECOND} s`;
}

/** What the webhooks said to one event; that nobody asked for it is no failure. */
export function toldStep(step: string, eventType: string, all: readonly Delivery[]): Step {
  const deliveries = all.filter((delivery) => delivery.eventType === eventType);
  if (deliveries.length === 0) {
    return { step, ok: true, what: `No active webhook is registered for ${eventType}.` };
  }
  return {
    step,
    ok: deliveries.every(({ outcome }) => outcome.kind === 'acknowledged'),
    what: deliveries.map(sentence).join(' '),
  };
}

export const actedStep = async (acted: Acted): Promise<Step> =>
  toldStep(acted.event, acted.event, await acted.announced);

export function exportStep(step: string, result: Export): Step {
  const tries = `${result.tries} ${result.tries === 1 ? 'try' : 'tries'}`;
  if (!result.ok) {
    return { step, ok: false, what: `Not delivered after ${tries}: ${result.problem}` };
  }
  return { step, ok: true, what: [`Delivered after ${tries}.`, ...result.notes].join(' ') };
}

function sentence({ eventType, outcome }: Delivery): string {
  if (outcome.kind === 'acknowledged') {
    return `The webhook acknowledged ${eventType} in ${outcome.ms} ms.`;
  }
  const next =
    outcome.retryInMs === undefined
      ? 'It is not tried again.'
      : `It is tried again in ${duration(outcome.retryInMs)}.`;
  return `${outcome.problem} ${next}`;
}
