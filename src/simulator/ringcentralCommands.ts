import type { Assumptions } from './assumptions';
import { ASSUMPTIONS } from './assumptions';
import type { Commands } from './control/control';
import { optionalText, text, wholeNumber, yesOrNo } from './control/params';
import type { Gateway } from './gateway/gateway';
import { ORDERABLE_STATUSES, type OrderedFailures } from './limits/orderedFailures';
import type { RateLimiter } from './limits/rateLimiter';
import type { ClientApps } from './oauth/clientApps';
import { TEAM_CHAT_ID } from './seeds';
import type { Chat } from './state/chats';
import { nameOf, type Person } from './state/company';
import type { World } from './state/world';
import type { SubscriptionBook } from './subscriptions/book';
import { mentionsIn } from './teamMessaging/mentions';
import { postView } from './teamMessaging/views';

export interface CommandParts {
  readonly world: World;
  readonly apps: ClientApps;
  readonly gateway: Gateway;
  readonly book: SubscriptionBook;
  readonly limiter: RateLimiter;
  readonly failures: OrderedFailures;
  readonly assumptions: Assumptions;
}

/** What can be made to happen on the RingCentral side of the practice platform. */
export function ringcentralCommands(parts: CommandParts): Commands {
  const { world, apps, gateway, book, limiter, failures, assumptions } = parts;
  const { company, chats, posts } = world;
  return {
    post: {
      about:
        'Posts to a chat as one of its people. {chatId?, text, as?: a person’s id or name; the guest, or another user, if not given}',
      run: (params) => {
        const chat = chats.get(optionalText(params, 'chatId') ?? TEAM_CHAT_ID);
        if (!chat) throw new Error(`There is no chat ${String(params.chatId)}.`);
        const author = authorOf(chat, optionalText(params, 'as'));
        const words = text(params, 'text');
        const mentions = mentionsIn(words, company, chats);
        return postView(posts.add(chat, { creatorId: author.id, text: words, mentions }));
      },
    },
    people: {
      about: 'Who there is, and which chats.',
      run: () => ({
        people: company.people.map((person) => ({
          id: person.id,
          name: nameOf(person),
          kind: person.kind,
          ...(person.isAdmin && { isAdmin: true }),
        })),
        chats: chats.all.map(({ id, type, name, memberIds }) => ({ id, type, name, memberIds })),
      }),
    },
    subscriptions: {
      about: 'All subscriptions that have not expired, with what they listen to.',
      run: () =>
        book.all.map((each) => ({
          id: each.id,
          owner: nameOf(each.owner),
          transport: each.transport.type,
          address: each.transport.address ?? null,
          eventFilters: each.eventFilters,
          status: each.blacklisted ? 'Blacklisted' : 'Active',
        })),
    },
    dropSockets: {
      about: 'Cuts every WebSocket connection without a word, as a network does.',
      run: () => ({ dropped: gateway.dropSockets() }),
    },
    rateLimits: {
      about: 'Switches the rate limits on or off, and forgets what was counted. {enabled?}',
      run: (params) => {
        limiter.enabled = yesOrNo(params, 'enabled') ?? limiter.enabled;
        limiter.reset();
        return { enabled: limiter.enabled };
      },
    },
    failNext: {
      about: `Makes the next calls of the API fail. {count? (1), status? (500; one of ${ORDERABLE_STATUSES.join(', ')}), path?: only paths that begin so}`,
      run: (params) => {
        const status = wholeNumber(params, 'status', { least: 400, most: 599, usual: 500 });
        if (!ORDERABLE_STATUSES.includes(status)) {
          throw new Error(`The status has to be one of ${ORDERABLE_STATUSES.join(', ')}.`);
        }
        const count = wholeNumber(params, 'count', { least: 0, most: 10_000, usual: 1 });
        failures.order(count, status, optionalText(params, 'path') ?? '/');
        return { count, status };
      },
    },
    redirectUri: {
      about: 'Registers one more redirect URI with the practice apps. {uri}',
      run: (params) => {
        const uri = text(params, 'uri');
        if (!URL.canParse(uri) || uri.includes('#')) {
          throw new Error('The parameter "uri" has to be an absolute address without a fragment.');
        }
        return { redirectUris: apps.registerRedirectUri(uri) };
      },
    },
    assumptions: {
      about: 'What no public document settles, and what is assumed here.',
      run: () =>
        Object.entries(ASSUMPTIONS).map(([name, { about }]) => ({
          name,
          value: assumptions[name as keyof Assumptions],
          about,
        })),
    },
  };

  function authorOf(chat: Chat, as: string | undefined): Person {
    const members = company.people.filter((person) => chat.memberIds.includes(person.id));
    if (as !== undefined) {
      const person = company.find(as);
      if (!person) throw new Error(`There is nobody called ${as}.`);
      if (!members.includes(person)) throw new Error(`${nameOf(person)} is not in this chat.`);
      return person;
    }
    const people = members.filter((person) => person.kind !== 'bot');
    const author = people.find((person) => person.kind === 'guest') ?? people[1] ?? people[0];
    if (!author) throw new Error('Nobody in this chat could have written that.');
    return author;
  }
}
