import { css } from 'lit';
import { messageTextStyles } from './messageTextStyles';
import { visuallyHidden } from './visuallyHidden';

const layout = css`
  :host {
    display: block;
    width: 100%;
    box-sizing: border-box;
    outline: none;
    color: var(--vscode-foreground);
    font-size: var(--vscode-font-size, 13px);
    line-height: 20px;
  }
  .line {
    position: relative;
    display: grid;
    grid-template-columns: max-content 200px minmax(0, 1fr) 50px;
    column-gap: 12px;
    padding: 2px 12px 2px 10px;
    border-left: 2px solid transparent;
  }
  .line.own {
    border-left-color: var(--vscode-focusBorder, currentColor);
  }
  time {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .who {
    display: flex;
    align-items: center;
    gap: 6px;
    min-width: 0;
    height: 20px;
  }
  .name {
    overflow: hidden;
    font-weight: 600;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .body {
    min-width: 0;
    overflow-wrap: anywhere;
    -webkit-user-select: text;
    user-select: text;
  }
  .actions {
    position: absolute;
    top: 1px;
    right: 12px;
    display: flex;
    gap: 2px;
    border-radius: 4px;
    background: var(--vscode-editorWidget-background, Canvas);
    box-shadow: 0 0 0 1px var(--vscode-contrastBorder, var(--vscode-widget-border, transparent));
    color: var(--vscode-icon-foreground, var(--vscode-foreground));
  }
  .day {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 6px 12px 4px;
    color: var(--vscode-descriptionForeground);
    font-size: 0.9em;
  }
  .day::before,
  .day::after {
    flex: 1;
    border-top: 1px solid
      var(--vscode-contrastBorder, var(--vscode-panel-border, var(--vscode-widget-border)));
    content: '';
  }
  @container (max-width: 719px) {
    .line {
      grid-template-columns: max-content 150px minmax(0, 1fr) 50px;
    }
  }
  @container (max-width: 519px) {
    .line {
      grid-template-columns: 20px minmax(0, 1fr) auto;
      column-gap: 8px;
      padding-top: 4px;
    }
    .line.continues {
      padding-top: 2px;
    }
    .who {
      grid-column: 1 / 3;
      grid-row: 1;
      gap: 8px;
    }
    time {
      grid-column: 3;
      grid-row: 1;
    }
    .body {
      grid-column: 2 / 4;
      grid-row: 2;
    }
    .line.continues .who,
    .line.continues time {
      display: none;
    }
    .actions {
      top: -13px;
    }
  }
`;

const colours = css`
  time,
  .note {
    color: var(--vscode-descriptionForeground);
    font-size: 0.9em;
  }
  .avatar {
    --hue: var(--vscode-charts-blue);
    flex: none;
    box-sizing: border-box;
    width: 20px;
    height: 20px;
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 4px;
    background: color-mix(in srgb, var(--hue) 32%, transparent);
    font-size: 10px;
    font-weight: 600;
    line-height: 18px;
    text-align: center;
  }
  .c1 {
    --hue: var(--vscode-charts-red);
  }
  .c2 {
    --hue: var(--vscode-charts-orange);
  }
  .c3 {
    --hue: var(--vscode-charts-yellow);
  }
  .c4 {
    --hue: var(--vscode-charts-green);
  }
  .c5 {
    --hue: var(--vscode-charts-purple);
  }
  .c6 {
    --hue: var(--vscode-terminal-ansiCyan);
  }
  .c7 {
    --hue: var(--vscode-terminal-ansiMagenta);
  }
  .badge {
    flex: none;
    padding: 0 4px;
    border: 1px solid currentColor;
    border-radius: 3px;
    color: var(--vscode-descriptionForeground);
    font-size: 0.8em;
    line-height: 13px;
  }
  :host(:hover) .line {
    background: var(--vscode-list-hoverBackground);
  }
  :host([selected]) .line {
    background: var(--vscode-list-inactiveSelectionBackground);
    color: var(--vscode-list-inactiveSelectionForeground, inherit);
  }
  :host([selected]:focus-within) .line,
  :host([selected]:focus) .line {
    background: var(--vscode-list-activeSelectionBackground);
    color: var(--vscode-list-activeSelectionForeground, inherit);
  }
  :host([selected]) :is(time, .note, .badge, a, .mention, .body code, pre, blockquote) {
    color: inherit;
  }
  :host([selected]) .body code {
    background: none;
  }
  :host([selected]) .line {
    outline: 1px dotted var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  :host(:focus) .line {
    outline: 1px solid var(--vscode-list-focusOutline, var(--vscode-focusBorder));
    outline-offset: -1px;
  }
`;

export const messageRowStyles = [layout, visuallyHidden, messageTextStyles, colours];
