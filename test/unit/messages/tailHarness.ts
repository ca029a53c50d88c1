import { silentLog } from '../../../src/base/log';
import type { HttpRequest } from '../../../src/http';
import { Tail, type MessageRow, type TailHealth, type TailOptions } from '../../../src/messages';
import { RingCentralClient } from '../../../src/ringcentral';
import { FakeClock } from '../fakeClock';
import { answer, FakeGateway, FakeHttp, SERVER, type FakeConnection } from '../ringcentral/fakes';

export const CHAT = '900';
export const OWN = '1';
export const FILTER = '/team-messaging/v1/posts';

export interface Written {
  id: string;
  groupId: string;
  type?: string | null;
  text: string | null;
  creatorId: string;
  creationTime: string;
  lastModifiedTime: string;
}

/** One chat as RingCentral keeps it, and a tail that follows it; time and network are the test's. */
export class TailHarness {
  readonly clock = new FakeClock();
  readonly http = new FakeHttp();
  readonly gateway = new FakeGateway();
  readonly batches: (readonly MessageRow[])[] = [];
  readonly healths: TailHealth[] = [];
  /** Oldest first. */
  posts: Written[] = [];
  names: Record<string, string> = { 1: 'Own Person', 2: 'Ann Other', 'glip-3': 'Gus Guest' };
  older: 'prevPageToken' | 'nextPageToken' = 'prevPageToken';
  tail: Tail;
  #nextId = 1000;

  constructor(options: Partial<TailOptions> = {}) {
    this.http
      .on('POST', /wstoken$/, () => ({ uri: 'wss://gw.example/ws', ws_access_token: 'x' }))
      .on('GET', /extension\/~$/, () => ({ id: Number(OWN), name: 'Own' }))
      .on('GET', /persons\/(.+)$/, (_, match) => this.#people(match[1]!.split(',')))
      .on('GET', /chats\/900\/posts(\?|$)/, (request) => this.page(request))
      .on('GET', /chats\/900\/posts\/(\w+)$/, (_, match) => {
        return (
          this.posts.find(({ id }) => id === match[1]) ?? answer(404, { errorCode: 'CMN-102' })
        );
      });
    this.tail = this.#make(options);
  }

  #make(options: Partial<TailOptions>): Tail {
    const { http, clock } = this;
    const client = new RingCentralClient({
      http,
      server: SERVER,
      accessToken: () => Promise.resolve('t'),
    });
    const tail = new Tail({
      client,
      chatId: CHAT,
      clock,
      log: silentLog,
      dial: this.gateway.dial,
      ...options,
    });
    tail.onRows((rows) => this.batches.push(rows));
    tail.onHealth((health) => this.healths.push(health));
    return tail;
  }

  #people(ids: string[]): unknown {
    return ids.map((id) => {
      const name = this.names[id];
      if (name === undefined)
        return { resourceId: id, status: 404, body: { errorCode: 'CMN-102' } };
      const [firstName, lastName] = name.split(' ');
      return { resourceId: id, status: 200, body: { id, firstName, lastName } };
    });
  }

  /** A page of the newest posts; the token counts how many are newer. */
  page(request: HttpRequest): unknown {
    const query = new URL(request.url).searchParams;
    const skip = Number(query.get('pageToken') ?? 0);
    const count = Number(query.get('recordCount') ?? 30);
    const newestFirst = [...this.posts].reverse();
    const isMore = skip + count < newestFirst.length;
    const navigation = isMore ? { [this.older]: String(skip + count) } : {};
    return { records: newestFirst.slice(skip, skip + count), navigation };
  }

  /** Writes to the chat as somebody; the gateway is not told. */
  write(text: string | null, creatorId = '2', more: Partial<Written> = {}): Written {
    const at = new Date(this.clock.now() + (this.#nextId - 1000)).toISOString();
    const post = {
      id: String(this.#nextId++),
      groupId: CHAT,
      type: 'TextMessage',
      text,
      creatorId,
      creationTime: at,
      lastModifiedTime: at,
      ...more,
    };
    this.posts.push(post);
    return post;
  }

  change(post: Written, text: string): Written {
    post.text = text;
    post.lastModifiedTime = new Date(Date.parse(post.lastModifiedTime) + 5000).toISOString();
    return post;
  }

  removeFrom(post: Written): Written {
    this.posts = this.posts.filter(({ id }) => id !== post.id);
    return post;
  }

  tell(eventType: string, post: Partial<Written>, connection = this.gateway.latest): void {
    connection.notify(FILTER, { ...post, eventType });
  }

  /** Starts the tail and lets the gateway accept it. */
  async live(): Promise<FakeConnection> {
    void this.tail.start();
    await this.clock.advance(0);
    this.gateway.latest.greetAndAccept();
    await this.clock.advance(0);
    return this.gateway.latest;
  }

  /** Cuts the connection; what happens before the tail is live again is `meanwhile`'s. */
  async reconnect(meanwhile: () => void, details: Record<string, unknown> = {}): Promise<void> {
    this.gateway.latest.cut();
    meanwhile();
    await this.clock.advance(1500);
    this.gateway.latest.greet(details);
    if (details.recoveryState !== 'Successful') this.gateway.latest.accept();
    await this.clock.advance(0);
  }

  get texts(): string[] {
    return this.tail.rows.map((row) =>
      row.state === 'posted' ? row.text : `${row.text} (${row.state})`,
    );
  }

  get reads(): number {
    return this.http.count('GET', /posts\?/);
  }
}
