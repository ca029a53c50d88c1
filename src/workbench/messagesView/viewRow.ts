import type { MessageRow, TailHealth } from '../../messages';
import type { ViewHealth, ViewRow, ViewTail } from './protocol';
import type { TailedChat } from './source';

/** What of a row crosses to the page; the post itself stays here. */
export function viewRow(row: MessageRow): ViewRow {
  const mentions = mentionNames(row.post);
  return {
    id: row.id,
    authorId: row.authorId,
    authorName: row.authorName,
    isGuest: row.isGuest,
    isOwn: row.isOwn,
    text: row.text,
    createdAt: Date.parse(row.createdAt),
    ...(row.editedAt !== undefined && { editedAt: Date.parse(row.editedAt) }),
    state: row.state,
    ...(mentions && { mentions }),
  };
}

export function viewTail({ appName, chatName, health }: TailedChat): ViewTail {
  return { appName, chatName, health: viewHealth(health) };
}

export function viewHealth(health: TailHealth): ViewHealth {
  switch (health.kind) {
    case 'connecting':
      return { kind: 'connecting' };
    case 'live': {
      const { lastEventAt } = health;
      return { kind: 'live', ...(lastEventAt !== undefined && { lastEventAt }) };
    }
    case 'reconnecting':
      return {
        kind: 'reconnecting',
        problem: health.problem,
        nextAttemptAt: health.nextAttemptAt,
      };
    case 'stopped':
      return { kind: 'stopped', ...(health.problem && { problem: health.problem.toLine() }) };
  }
}

/** A post names those it mentions in `mentions: [{ id, type, name }]`. */
function mentionNames(post: unknown): Record<string, string> | undefined {
  const { mentions } = (post ?? {}) as { mentions?: unknown };
  if (!Array.isArray(mentions)) return undefined;
  const names = (mentions as unknown[]).flatMap((mention) => {
    const { id, name } = (mention ?? {}) as { id?: unknown; name?: unknown };
    return typeof id === 'string' && typeof name === 'string' ? [[id, name] as const] : [];
  });
  return names.length === 0 ? undefined : Object.fromEntries(names);
}
