import { randomBytes } from 'node:crypto';
import { CaptureWriter } from './captureWriter';
import { ConversationIndex } from './conversations';
import { bytesOf } from './bodies';
import type { CaptureEntry } from './entry';
import { requestEntry, withAnswer, type AnswerParts } from './compose';
import { parseJson } from './json';
import { kindOf } from './kinds';
import { readCapture } from './readCapture';
import type { ReceivedRequest } from './receive';
import { SecretHider } from './secretHider';
import type { SecretVault } from './vault';

/**
 * Turns deliveries into lines of one capture file, numbers them, and finds their conversations. It
 * goes on where an earlier recording into the same file had ended.
 */
export class Journal {
  readonly #conversations = new ConversationIndex();
  #seq = 0;
  #notices: readonly string[] = [];
  /** Entries are made one after the other, so that their numbers are their order in the file. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly writer: CaptureWriter,
    private readonly vault: SecretVault,
  ) {}

  /** @throws HumanError when the file is something else than a capture, or cannot be written */
  static async open(file: string, vault: SecretVault): Promise<Journal> {
    const writer = await CaptureWriter.open(file);
    try {
      const journal = new Journal(writer, vault);
      const { entries, notices } = await readCapture(file);
      journal.#learn(entries);
      journal.#notices = notices;
      return journal;
    } catch (error) {
      await writer.close();
      throw error;
    }
  }

  /** What of the file's earlier lines could not be read. */
  get notices(): readonly string[] {
    return this.#notices;
  }

  /**
   * Resolves with the entry once it is on disk.
   * @param ownHost host and port to write where the request names none
   */
  async begin(request: ReceivedRequest, ownHost: string): Promise<CaptureEntry> {
    const { entry, written } = await this.#inTurn(async () => {
      const entry = await this.#entryFor(request, ownHost);
      return { entry, written: this.writer.append(entry) };
    });
    await written;
    return entry;
  }

  /** Writes the entry again, with its answer; resolves once that is on disk. */
  async finish(
    begun: CaptureEntry,
    request: ReceivedRequest,
    parts: AnswerParts,
  ): Promise<CaptureEntry> {
    const { entry, written } = await this.#inTurn(async () => {
      const answered = await withAnswer(begun, parts, await SecretHider.with(this.vault));
      const entry = {
        ...answered,
        _conversation: this.#conversationAfter(answered, request, parts),
      };
      return { entry, written: this.writer.append(entry) };
    });
    await written;
    return entry;
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.writer.close();
  }

  async #entryFor(request: ReceivedRequest, ownHost: string): Promise<CaptureEntry> {
    const text = request.body.toString('utf8');
    const json = parseJson(text);
    const kind = kindOf({ ...request, text, json });
    const hider = await SecretHider.with(this.vault);
    const entry = await requestEntry(request, hider, ownHost, {
      _id: randomBytes(8).toString('hex'),
      _seq: this.#seq + 1,
      _kind: kind,
      _conversation: this.#conversations.ofRequest(kind, json),
    });
    this.#seq++;
    return entry;
  }

  #conversationAfter(entry: CaptureEntry, request: ReceivedRequest, parts: AnswerParts): string {
    const answer = parts.answer === undefined ? undefined : parseJson(parts.answer.body.toString());
    const asked = parseJson(request.body.toString('utf8'));
    return this.#conversations.ofAnswer(entry._kind, entry._conversation, asked, answer);
  }

  #learn(entries: readonly CaptureEntry[]): void {
    for (const entry of entries) {
      this.#seq = Math.max(this.#seq, entry._seq);
      const { postData } = entry.request;
      const { content } = entry.response;
      const asked = parseJson(bytesOf(postData?.text ?? '', postData?._encoding).toString());
      const answer = parseJson(bytesOf(content.text ?? '', content.encoding).toString());
      const conversation = this.#conversations.ofRequest(entry._kind, asked);
      this.#conversations.ofAnswer(entry._kind, conversation, asked, answer);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
