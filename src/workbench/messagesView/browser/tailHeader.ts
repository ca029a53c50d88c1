import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ViewStrings, ViewTail } from '../protocol';
import { healthText, isTicking } from './healthText';

/** The chat, its app, and how the tail is doing, in words that keep up with time. */
@customElement('bot-tail-header')
export class TailHeader extends LitElement {
  static override readonly styles = css`
    :host {
      display: block;
      flex: none;
      border-bottom: 1px solid
        var(--vscode-contrastBorder, var(--vscode-panel-border, var(--vscode-widget-border)));
      color: var(--vscode-foreground);
      font-size: var(--vscode-font-size, 13px);
      line-height: 18px;
    }
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 14px;
      padding: 4px 12px;
    }
    h1 {
      overflow: hidden;
      margin: 0;
      font-size: inherit;
      font-weight: 600;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    p {
      margin: 0;
      color: var(--vscode-descriptionForeground);
      overflow-wrap: anywhere;
    }
    .app {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .health {
      display: flex;
      gap: 6px;
    }
    .dot {
      flex: none;
      box-sizing: border-box;
      width: 8px;
      height: 8px;
      margin-top: 5px;
      border-radius: 50%;
      background: var(--vscode-testing-iconPassed, var(--vscode-charts-green));
    }
    .connecting .dot,
    .reconnecting .dot {
      border: 2px solid var(--vscode-editorWarning-foreground, var(--vscode-charts-yellow));
      background: transparent;
      animation: breathe 1.6s ease-in-out infinite;
    }
    .stopped .dot {
      border-radius: 1px;
      background: var(--vscode-editorError-foreground, var(--vscode-charts-red));
    }
    @keyframes breathe {
      50% {
        opacity: 0.35;
      }
    }
    @media (prefers-reduced-motion: reduce) {
      .dot {
        animation: none !important;
      }
    }
  `;

  @property({ attribute: false }) tail!: ViewTail;
  @property({ attribute: false }) strings!: ViewStrings;
  /** Milliseconds to take from the page's clock to get the extension's. */
  @property({ type: Number }) clockOffset = 0;
  #ticker: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#stop();
  }

  protected override render(): TemplateResult {
    const { appName, chatName, health } = this.tail;
    const words = healthText(health, this.strings, Date.now() - this.clockOffset);
    return html`<header>
      <h1 title=${chatName}>${chatName}</h1>
      <p class="app" title=${appName}>${appName}</p>
      <p class="health ${health.kind}"><span class="dot"></span><span>${words}</span></p>
    </header>`;
  }

  protected override updated(): void {
    if (!isTicking(this.tail.health) || document.hidden) this.#stop();
    else this.#ticker ??= setInterval(() => this.requestUpdate(), 1000);
  }

  readonly #onVisibility = (): void => this.requestUpdate();

  #stop(): void {
    clearInterval(this.#ticker);
    this.#ticker = undefined;
  }
}
