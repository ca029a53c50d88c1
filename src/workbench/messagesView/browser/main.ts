import './messagesApp';
import type { MessagesApp } from './messagesApp';
import { PageHost, type VsCodeApi } from './pageHost';

declare function acquireVsCodeApi(): VsCodeApi;

const host = new PageHost(acquireVsCodeApi());

window.addEventListener('error', ({ message, error }: ErrorEvent) => {
  // The browser's notice that a resize was handled in the next frame; nothing is wrong.
  if (message.startsWith('ResizeObserver loop')) return;
  reportFault(error ?? message);
});
window.addEventListener('unhandledrejection', ({ reason }) => reportFault(reason));

document.querySelector<MessagesApp>('bot-messages')?.connect(host);

function reportFault(fault: unknown): void {
  const message = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
  host.post({ type: 'failed', message });
}
