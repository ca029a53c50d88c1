import { randomBytes } from 'node:crypto';
import http from 'node:http';

const PATIENCE_MS = 10_000;

/**
 * A way from the extension host out to the page: `POST` a JSON object to the URL, with any of these,
 * done in this order, and get `{"ok":true,"out":…}` or `{"ok":false,"error":…}`.
 *
 * - `waitFor`, `click`: a Playwright selector; `timeout` in milliseconds, 10,000 unless told
 * - `type`: text for the keyboard; `press`: a key, or several, as Playwright names them
 * - `text`: a selector, whose elements' texts are the `out`
 * - `screenshot`: the path of a PNG to write
 *
 * `proof` is for the wrapper of the tests: how their `run()` ended.
 */
export class Bridge {
  #server;
  #secret = randomBytes(8).toString('hex');
  /** @type {import('playwright-core').Page | undefined} */
  page;
  /** @type {{ ok: boolean, error?: string } | undefined} */
  proof;

  async start() {
    this.#server = http.createServer((request, response) => void this.#serve(request, response));
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${this.#server.address().port}/${this.#secret}`;
  }

  stop() {
    this.#server?.closeAllConnections();
    this.#server?.close();
  }

  async #serve(request, response) {
    let answer;
    try {
      if (request.method !== 'POST' || request.url !== `/${this.#secret}`) throw new Error('Who?');
      let body = '';
      for await (const part of request.setEncoding('utf8')) body += part;
      answer = { ok: true, out: await this.#do(JSON.parse(body)) };
    } catch (error) {
      response.statusCode = 500;
      answer = { ok: false, error: String(error) };
    }
    response.end(JSON.stringify(answer));
  }

  async #do({ proof, waitFor, click, type, press, text, screenshot, timeout = PATIENCE_MS }) {
    if (proof !== undefined) {
      this.proof = proof;
      return undefined;
    }
    const { page } = this;
    if (!page) throw new Error('The page is not open yet.');
    if (waitFor !== undefined) await page.locator(waitFor).first().waitFor({ timeout });
    if (click !== undefined) await page.locator(click).first().click({ timeout });
    if (type !== undefined) await page.keyboard.type(type);
    for (const key of [press ?? []].flat()) await page.keyboard.press(key);
    const out = text === undefined ? undefined : await page.locator(text).allInnerTexts();
    if (screenshot !== undefined) await page.screenshot({ path: screenshot });
    return out;
  }
}
