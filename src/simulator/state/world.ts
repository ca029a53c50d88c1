import {
  ADMIN_ID,
  BOT_ID,
  COMPANY_NAME,
  DIRECT_CHAT_ID,
  EVERYONE_CHAT_ID,
  TEAM_CHAT_ID,
} from '../seeds';
import { Chats, type Chat } from './chats';
import { Company } from './company';
import { Ids } from './ids';
import { Posts } from './posts';

/** Everything that exists on the practice platform besides tokens and subscriptions. */
export interface World {
  readonly ids: Ids;
  readonly company: Company;
  readonly chats: Chats;
  readonly posts: Posts;
}

const MINUTE = 60_000;

export function createWorld(now: () => number): World {
  const ids = new Ids();
  const company = new Company();
  const chats = new Chats(seedChats(company), ids);
  const posts = new Posts(ids, now);
  seedPosts(chats, posts, now());
  return { ids, company, chats, posts };
}

function seedChats(company: Company): Chat[] {
  const creationTime = '2026-01-12T09:30:00.000Z';
  const chat = (seed: Pick<Chat, 'id' | 'type' | 'memberIds'> & Partial<Chat>): Chat => ({
    isPublic: false,
    name: null,
    description: null,
    creationTime,
    lastModifiedTime: creationTime,
    ...seed,
  });
  return [
    chat({
      id: EVERYONE_CHAT_ID,
      type: 'Everyone',
      name: COMPANY_NAME,
      memberIds: company.extensions.map((person) => person.id),
    }),
    chat({
      id: TEAM_CHAT_ID,
      type: 'Team',
      name: 'Bot workshop',
      description: 'Where the practice bot is tried out',
      memberIds: company.people.map((person) => person.id),
      creationTime: '2026-01-12T09:31:00.000Z',
    }),
    chat({
      id: DIRECT_CHAT_ID,
      type: 'Direct',
      memberIds: [ADMIN_ID, BOT_ID],
      creationTime: '2026-01-12T09:32:00.000Z',
    }),
  ];
}

/** A little past, so that a list of posts is not empty on the first day. */
function seedPosts(chats: Chats, posts: Posts, now: number): void {
  const team = chats.get(TEAM_CHAT_ID);
  const direct = chats.get(DIRECT_CHAT_ID);
  if (!team || !direct) return;
  const say = (chat: Chat, creatorId: string, text: string, minutesAgo: number): void => {
    posts.add(chat, { creatorId, text, mentions: [] }, now - minutesAgo * MINUTE);
  };
  say(team, ADMIN_ID, 'Welcome to the bot workshop. Everything here is practice.', 50);
  say(team, '470001002', 'Our bot listens in this team. Ask it something.', 45);
  say(team, 'glip-4700019001', 'Hello, I am a guest. Where is my order 4711?', 20);
  say(direct, ADMIN_ID, 'Are you there?', 15);
  say(direct, BOT_ID, 'I am.', 15);
}
