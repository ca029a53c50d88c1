import type { Frame, Locator, Page } from 'playwright-core';

const WAIT_MS = 20_000;

/** What a person does in VS Code's window, by the names they see. */
export class WorkbenchPage {
  constructor(readonly page: Page) {}

  /** Runs a command by typing its title into the palette. */
  async command(title: string): Promise<void> {
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden', timeout: WAIT_MS });
    await this.page.keyboard.press('F1');
    const input = this.page.locator('.quick-input-widget input.input:visible');
    await input.waitFor({ timeout: WAIT_MS });
    await input.fill(`>${title}`);
    // The palette's first guess may be a command used before; the exact one is meant.
    const name = title.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
    await this.option(new RegExp(`^${name}(,|$)`))
      .first()
      .click({ timeout: WAIT_MS });
  }

  option(name: string | RegExp): Locator {
    return this.page.locator('.quick-input-widget').getByRole('option', { name });
  }

  /** Waits for the list of a quick pick and accepts the row with this text. */
  async pick(name: string | RegExp): Promise<void> {
    await this.option(name).first().click({ timeout: WAIT_MS });
  }

  /** Answers the input box that is open; without a text, what stands there is accepted. */
  async enter(prompt: string | RegExp, text?: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget:visible').filter({ hasText: prompt });
    await widget.waitFor({ timeout: WAIT_MS });
    if (text !== undefined) await widget.locator('input.input:visible').fill(text);
    await this.page.keyboard.press('Enter');
  }

  async openSidebar(): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: /Bot Channels/ });
    await tab.waitFor({ timeout: 60_000 });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.page.locator('.sidebar').getByText('Bot Channels').first().waitFor();
  }

  row(name: string | RegExp): Locator {
    return this.page.locator('.sidebar').getByRole('treeitem', { name });
  }

  /** Clicks a button of a row's inline actions, which show on hover. */
  async rowAction(row: string | RegExp, action: string | RegExp): Promise<void> {
    const item = this.row(row).first();
    await item.hover({ timeout: WAIT_MS });
    await item.getByRole('button', { name: action }).first().click({ timeout: WAIT_MS });
  }

  /** The panel below the editors. */
  panel(): Locator {
    return this.page.locator('.part.panel');
  }

  /** Clicks a button in the title of a view, which shows on hover. */
  async viewAction(view: string, action: string | RegExp): Promise<void> {
    const pane = this.page.locator('.sidebar .pane', { hasText: view }).last();
    await pane.locator('.pane-header').hover({ timeout: WAIT_MS });
    await pane.getByRole('button', { name: action }).first().click({ timeout: WAIT_MS });
  }

  toast(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text });
  }

  async clickToast(text: string | RegExp, button: string): Promise<void> {
    const toast = this.toast(text).first();
    await toast.waitFor({ timeout: WAIT_MS });
    await toast.getByRole('button', { name: button }).click();
  }

  async clearToasts(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
  }

  /** Waits until the active editor shows such a text, and gives what is on the screen of it. */
  async editorWith(pattern: RegExp): Promise<string> {
    const lines = this.page.locator('.editor-group-container.active .view-lines').first();
    const deadline = Date.now() + WAIT_MS;
    for (;;) {
      const text = (await lines.innerText().catch(() => '')).replaceAll('\u00a0', ' ');
      if (pattern.test(text)) return text;
      if (Date.now() > deadline) throw new Error(`the editor shows something else:\n${text}`);
      await this.page.waitForTimeout(100);
    }
  }

  /** The page of the Messages view, inside VS Code's nested frames. */
  async messagesFrame(): Promise<Frame> {
    const deadline = Date.now() + WAIT_MS;
    while (Date.now() < deadline) {
      for (const frame of this.page.frames()) {
        const found = await frame
          .locator('[data-view="messages"]')
          .count()
          .catch(() => 0);
        if (found > 0) return frame;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error('the Messages view did not appear');
  }
}
