import { css } from 'lit';

/** How the parts of a message's text look. */
export const messageTextStyles = css`
  p,
  blockquote,
  pre {
    margin: 0;
  }
  p:has(+ .note) {
    display: inline;
  }
  code {
    padding: 0 3px;
    border-radius: 3px;
    background: var(--vscode-textPreformat-background, transparent);
    color: var(--vscode-textPreformat-foreground);
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 0.95em;
  }
  pre {
    margin: 2px 0;
    padding: 4px 8px;
    border: 1px solid
      var(--vscode-contrastBorder, var(--vscode-panel-border, var(--vscode-widget-border)));
    border-radius: 3px;
    background: var(--vscode-textCodeBlock-background);
    white-space: pre-wrap;
  }
  pre code {
    padding: 0;
    background: none;
    color: inherit;
  }
  blockquote {
    padding-left: 8px;
    border-left: 3px solid var(--vscode-textBlockQuote-border, currentColor);
    color: var(--vscode-descriptionForeground);
  }
  a {
    border-radius: 2px;
    color: var(--vscode-textLink-foreground);
    text-decoration: underline;
  }
  a:hover {
    color: var(--vscode-textLink-activeForeground);
  }
  a:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
  .mention {
    padding: 0 3px;
    border-radius: 3px;
    background: color-mix(in srgb, var(--vscode-textLink-foreground) 16%, transparent);
    font-weight: 600;
  }
  .deleted .body > :is(p, pre, blockquote) {
    text-decoration: line-through;
    color: var(--vscode-descriptionForeground);
  }
  :host([selected]) .deleted .body > :is(p, pre, blockquote) {
    color: inherit;
  }
  .empty {
    font-style: italic;
  }
`;
