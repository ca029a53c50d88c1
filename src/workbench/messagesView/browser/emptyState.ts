import '@vscode-elements/elements/dist/vscode-button/index.js';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ViewStrings } from '../protocol';
import { fill } from './fill';
import { PageRequest } from './pageRequest';

/** What stands where messages will be. */
@customElement('bot-empty-state')
export class EmptyState extends LitElement {
  static override readonly styles = css`
    :host {
      display: flex;
      flex: 1;
      min-height: 0;
      overflow: auto;
      color: var(--vscode-foreground);
      font-size: var(--vscode-font-size, 13px);
    }
    section {
      display: flex;
      flex-direction: column;
      align-items: center;
      gap: 10px;
      margin: auto;
      padding: 12px 20px;
      text-align: center;
      overflow-wrap: anywhere;
    }
    h1,
    h2,
    p {
      margin: 0;
      font-size: inherit;
      font-weight: inherit;
    }
    p {
      color: var(--vscode-descriptionForeground);
    }
  `;

  @property({ attribute: false }) strings!: ViewStrings;
  /** The tailed chat that has no messages; absent when none is tailed. */
  @property() chatName: string | undefined;

  protected override render(): TemplateResult {
    const { strings, chatName } = this;
    return html`<section>
      ${
        chatName === undefined
          ? html`<h1>${strings.notTailing}</h1>
              <vscode-button @click=${this.#tail}>${strings.tailChat}</vscode-button>`
          : html`<h2>${strings.noMessages}</h2>
              <p>${fill(strings.noMessagesDetail, chatName)}</p>`
      }
    </section>`;
  }

  readonly #tail = (): void => {
    const command = 'botChannels.messages.tail';
    this.dispatchEvent(new PageRequest({ type: 'command', command }));
  };
}
