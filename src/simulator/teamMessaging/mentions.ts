import type { Chats } from '../state/chats';
import { nameOf, type Company } from '../state/company';
import type { Mention } from '../state/posts';

/** RingCentral developer guide, Mentions: `![:Person](id)` and `![:Team](id)` in the text. */
export function mentionsIn(text: string, company: Company, chats: Chats): Mention[] {
  const found: Mention[] = [];
  for (const [, type, id = ''] of text.matchAll(/!\[:(Person|Team)\]\(([\w-]{1,40})\)/g)) {
    if (type === 'Team') {
      const chat = chats.get(id);
      if (chat) found.push({ id, type, name: chat.name ?? '' });
    } else {
      const person = company.person(id);
      if (person) found.push({ id, type: 'Person', name: nameOf(person) });
    }
  }
  return found;
}
