import { plain, type Output, type Style } from './output';

/** A delivery as it is shown in a terminal. */
export interface ShownDelivery {
  readonly at: Date;
  readonly title: string;
  readonly conversation: string;
  /** 0 or absent: no answer came. */
  readonly status?: number;
  readonly statusText?: string;
  readonly ms: number;
  readonly problem?: string;
}

/** `12:03:04.123  messages.create  9c9903dc…  200 OK  12 ms` */
export function deliveryLine(output: Output, delivery: ShownDelivery): string {
  const { status, problem } = delivery;
  const answer =
    status === undefined || status === 0
      ? '—'
      : plain(`${status} ${delivery.statusText ?? ''}`.trim());
  return [
    output.paint('dim', timeOf(delivery.at)),
    column(delivery.title, 30),
    output.paint('dim', column(delivery.conversation, 26)),
    output.paint(styleOf(status), answer.padEnd(7)),
    output.paint('dim', `${Math.round(delivery.ms)} ms`),
    ...(problem === undefined ? [] : [output.paint('red', plain(problem))]),
  ].join('  ');
}

function timeOf(at: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const ms = String(at.getMilliseconds()).padStart(3, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${ms}`;
}

function column(text: string, width: number): string {
  const shown = plain(text);
  return shown.length > width ? `${shown.slice(0, width - 1)}…` : shown.padEnd(width);
}

function styleOf(status = 0): Style {
  if (status >= 500 || status === 0) return 'red';
  if (status >= 400) return 'yellow';
  return status >= 300 ? 'cyan' : 'green';
}
