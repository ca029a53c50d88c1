import * as vscode from 'vscode';
import type { AppProfile } from '../../../apps';
import { HumanError } from '../../../base/humanError';
import type { Chat, RingCentralClient } from '../../../ringcentral';
import { COMMANDS, VIEWS } from '../../ids';
import type { Services } from '../../services/services';
import { orCancel, type Command } from '../command';
import { pickApp } from '../pick';

/** Tails one chat of a signed-in app in the Messages panel. */
export const tail: Command = {
  id: COMMANDS.tail,
  async run(services, argument) {
    const app = await signedInApp(services, argument);
    const chat = await pickChat(services.tailing.clientOf(app));
    await vscode.commands.executeCommand(`${VIEWS.messages}.focus`);
    await services.tailing.start(app, chat);
  },
};

async function signedInApp(services: Services, argument: unknown): Promise<AppProfile> {
  const app = await pickApp(services, argument);
  if (services.authorizer.state(app.id).kind === 'signedIn') return app;
  throw new HumanError(vscode.l10n.t('Nobody is signed in to “{0}”.', app.name), {
    remedy: vscode.l10n.t('Sign in, then tail the chat again.'),
    kind: 'SIGNED_OUT',
  });
}

interface ChatItem extends vscode.QuickPickItem {
  readonly chat: { id: string; name: string };
}

async function pickChat(client: RingCentralClient): Promise<ChatItem['chat']> {
  const placeHolder = vscode.l10n.t('Choose a chat to tail');
  const items = chatItems(client);
  const options = { placeHolder, matchOnDescription: true };
  return orCancel(await vscode.window.showQuickPick(items, options)).chat;
}

/** Chats with names first; those that have none are named after the other people in them. */
async function chatItems(client: RingCentralClient): Promise<ChatItem[]> {
  const [me, chats] = await Promise.all([client.extension(), client.chats()]);
  const own = me.id;
  const others = (chat: Chat): string[] =>
    (chat.members ?? []).map((member) => member.id).filter((id) => id !== own);
  const unnamed = chats.filter((chat) => !chat.name);
  const people = await client.persons([...new Set(unnamed.flatMap(others))]);
  const names = new Map(
    people.map((person) => [
      person.id,
      [person.firstName, person.lastName].filter(Boolean).join(' ') || person.id,
    ]),
  );
  const rank = (chat: Chat): number => CHAT_ORDER.indexOf(chat.type ?? '') >>> 0;
  const sorted = [...chats].sort((a, b) => rank(a) - rank(b));
  return sorted.map((chat) => {
    const members = others(chat).map((id) => names.get(id) ?? id);
    const name = chat.name ?? (members.join(', ') || chatTypeName(chat.type));
    return {
      label: `$(${chat.type === 'Team' ? 'organization' : 'comment-discussion'}) ${name}`,
      description: chatTypeName(chat.type),
      chat: { id: chat.id, name },
    };
  });
}

/** What is tailed most comes first; unknown types come last. */
const CHAT_ORDER = ['Team', 'Direct', 'Group', 'Personal', 'Everyone'];

function chatTypeName(type: string | undefined): string {
  switch (type) {
    case 'Team':
      return vscode.l10n.t('Team');
    case 'Direct':
      return vscode.l10n.t('Direct');
    case 'Group':
      return vscode.l10n.t('Group');
    case 'Personal':
      return vscode.l10n.t('Personal');
    case 'Everyone':
      return vscode.l10n.t('Everyone');
    case undefined:
      return vscode.l10n.t('Chat');
    default:
      return type;
  }
}
