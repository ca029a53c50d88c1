import { html, type Markup } from '../pages/html';
import { factList, type Facts, type Page } from '../pages/layout';
import { nameOf, type Person } from '../state/company';
import type { ClientApp } from './clientApps';

/** What a scope lets an app do, in words a person understands. */
const SCOPE_WORDS: Readonly<Record<string, string>> = {
  ReadAccounts: 'See the company account and your profile',
  SubscriptionWebhook: 'Be told of events at a web address',
  TeamMessaging: 'Read and write messages in your chats',
  WebSocket: 'Be told of events over a live connection',
};

const FACES = ['#8a3ffc', '#0b7285', '#b3541e', '#2b6cb0'];

const APP_ICON = html`<span class="tile"
  ><svg viewBox="0 0 24 24" aria-hidden="true">
    <path d="M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-6l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2z" />
    <path d="M8 11h.01M12 11h.01M16 11h.01" /></svg
></span>`;
const ACCOUNT_ICON = html`<span class="tile quiet"
  ><svg viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="8" r="4" />
    <path d="M4 21c0-4.2 3.6-7 8-7s8 2.8 8 7" /></svg
></span>`;

export interface ConsentPageParts {
  readonly app: ClientApp;
  readonly users: readonly Person[];
  readonly chosen: Person | undefined;
  readonly companyName: string;
  readonly redirectUri: string;
  readonly ticket: string;
  readonly host: string;
}

export const platformNote = (host: string): string =>
  `Practice platform on ${host}, no real account`;

/** The page a person meets in the browser: who signs in, what the app may do, Allow or Deny. */
export function consentPage(parts: ConsentPageParts): Page {
  const { app, users, chosen, companyName, redirectUri, ticket, host } = parts;
  return {
    title: `Sign in – ${app.name}`,
    note: platformNote(host),
    body: html`<main>
      <div class="mark">
        ${APP_ICON}<span class="dots" aria-hidden="true">···</span>${ACCOUNT_ICON}
      </div>
      <h1>${app.name} asks for access</h1>
      <p class="soft">
        Choose who signs in to ${companyName} and whether the app may act for them.
      </p>
      <form method="post" action="/restapi/oauth/authorize">
        <input type="hidden" name="ticket" value="${ticket}" />
        <fieldset>
          <legend>Sign in as</legend>
          ${users.map((user, index) => personChoice(user, index, user === (chosen ?? users[0])))}
        </fieldset>
        <h2>The app will be able to</h2>
        <ul>
          ${app.scopes.map((scope) => html`<li>${SCOPE_WORDS[scope] ?? scope}</li>`)}
        </ul>
        <div class="choice">
          <button type="submit" name="decision" value="allow" class="primary">Allow</button>
          <button type="submit" name="decision" value="deny">Deny</button>
        </div>
      </form>
      <p class="then">You then return to <code>${redirectUri}</code></p>
    </main>`,
  };
}

function personChoice(user: Person, index: number, isChosen: boolean): Markup {
  const initials = user.firstName.slice(0, 1) + user.lastName.slice(0, 1);
  const color = FACES[index % FACES.length] ?? '';
  const checked = isChosen ? html` checked` : html``;
  const role = `${user.isAdmin ? 'Admin' : 'User'} · ${user.extensionNumber ?? ''}`;
  return html`<label class="person">
    <input type="radio" name="person" value="${user.id}" required${checked} />
    <span class="face" style="background:${color}" aria-hidden="true">${initials}</span>
    <span class="who"><b>${nameOf(user)}</b><span>${user.email}</span></span>
    <span class="role">${role}</span>
  </label> `;
}

export interface SignInError {
  readonly description: string;
  readonly code?: string;
  readonly hint: string;
  /** What helps to see the difference, such as the URI asked for and those registered. */
  readonly facts?: Facts;
}

/** Shown instead of a redirect when app or redirect URI cannot be trusted. */
export function signInErrorPage(error: SignInError, host: string): Page {
  const { description, code, hint, facts = [] } = error;
  return {
    title: 'Sign-in failed',
    note: platformNote(host),
    body: html`<main>
      <h1>Sign-in cannot start</h1>
      <p>
        ${description}.${code === undefined ? html`` : html` <span class="code">${code}</span>`}
      </p>
      <p class="soft">${hint}</p>
      ${facts.length === 0 ? html`` : factList(facts)}
    </main>`,
  };
}
