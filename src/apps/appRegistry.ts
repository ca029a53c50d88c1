import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import { Emitter, type Event } from '../base/emitter';
import { HumanError } from '../base/humanError';
import { checkClientId, checkName, checkRedirectUri, checkServer, type Check } from './checks';
import { profileSchema, type AppProfile } from './profile';

/** Where the profiles are kept; nothing secret goes in. */
export interface ProfileStore {
  read(): unknown;
  write(value: unknown): PromiseLike<void>;
}

interface Shelf {
  readonly apps: readonly AppProfile[];
  readonly active: string | undefined;
  /** Records that could not be read; they are kept, for the version that wrote them may return. */
  readonly setAside: readonly unknown[];
  readonly notices: readonly string[];
}

const shelfSchema = z.object({
  apps: z.array(z.unknown()).default([]),
  active: z.string().optional(),
  setAside: z.array(z.unknown()).default([]),
});

/** The apps that a person has added. One of them is active: it is offered first. */
export class AppRegistry {
  readonly #store: ProfileStore;
  readonly #changed = new Emitter<void>();
  readonly onDidChange: Event<void> = this.#changed.event;
  #lastRead: { raw: unknown; shelf: Shelf } | undefined;
  #writing: Promise<unknown> = Promise.resolve();

  constructor(store: ProfileStore) {
    this.#store = store;
  }

  list(): readonly AppProfile[] {
    return this.#shelf().apps;
  }

  get(id: string): AppProfile | undefined {
    return this.list().find((app) => app.id === id);
  }

  get active(): AppProfile | undefined {
    const { apps, active } = this.#shelf();
    return apps.find((app) => app.id === active) ?? apps[0];
  }

  /** One sentence for each kept record that could not be read. */
  get notices(): readonly string[] {
    return this.#shelf().notices;
  }

  /** Adds an app; the first one becomes active. Throws a HumanError for a draft that is no app. */
  async add(draft: Omit<AppProfile, 'id'>): Promise<AppProfile> {
    const app = checked({ ...draft, id: randomUUID() });
    await this.#change((shelf) => {
      refuseTwin(app, shelf.apps);
      return { ...shelf, apps: [...shelf.apps, app], active: shelf.active ?? app.id };
    });
    return app;
  }

  async update(profile: AppProfile): Promise<void> {
    const app = checked(profile);
    await this.#change((shelf) => {
      if (!shelf.apps.some((other) => other.id === app.id)) throw unknownApp();
      refuseTwin(app, shelf.apps);
      return { ...shelf, apps: shelf.apps.map((other) => (other.id === app.id ? app : other)) };
    });
  }

  async remove(id: string): Promise<void> {
    await this.#change((shelf) => {
      const apps = shelf.apps.filter((app) => app.id !== id);
      return { ...shelf, apps, active: shelf.active === id ? apps[0]?.id : shelf.active };
    });
  }

  async setActive(id: string): Promise<void> {
    await this.#change((shelf) => {
      if (!shelf.apps.some((app) => app.id === id)) throw unknownApp();
      return { ...shelf, active: id };
    });
  }

  /** Reads again before it writes, one change after the other: another window writes here too. */
  async #change(change: (shelf: Shelf) => Shelf): Promise<void> {
    const turn = this.#writing.then(async () => {
      const { apps, active, setAside } = change(this.#shelf());
      await this.#store.write({ version: 1, apps, active, setAside });
      this.#lastRead = undefined;
    });
    this.#writing = turn.catch(() => undefined);
    await turn;
    this.#changed.fire();
  }

  #shelf(): Shelf {
    const raw = this.#store.read();
    if (this.#lastRead?.raw !== raw || this.#lastRead === undefined) {
      this.#lastRead = { raw, shelf: readShelf(raw) };
    }
    return this.#lastRead.shelf;
  }
}

function readShelf(raw: unknown): Shelf {
  if (raw === undefined || raw === null) {
    return { apps: [], active: undefined, setAside: [], notices: [] };
  }
  const outer = shelfSchema.safeParse(raw);
  if (!outer.success) {
    const notice = l10n.t('The kept list of apps could not be read and was set aside.');
    return { apps: [], active: undefined, setAside: [raw], notices: [notice] };
  }
  const apps: AppProfile[] = [];
  const unreadable: unknown[] = [];
  for (const record of outer.data.apps) {
    const read = profileSchema.safeParse(record);
    if (read.success && !apps.some((app) => app.id === read.data.id)) apps.push(read.data);
    else unreadable.push(record);
  }
  return {
    apps,
    active: outer.data.active,
    setAside: [...outer.data.setAside, ...unreadable],
    notices: unreadable.map((record) =>
      l10n.t('The app {0} could not be read and was left out; add it again.', nameOf(record)),
    ),
  };
}

function nameOf(record: unknown): string {
  const named = z.object({ name: z.string().min(1).max(100) }).safeParse(record);
  return named.success ? `“${named.data.name}”` : l10n.t('without a name');
}

function checked(app: AppProfile): AppProfile {
  const kept: AppProfile = {
    id: app.id,
    name: pass(checkName(app.name)),
    environment: app.environment,
    server: pass(checkServer(app.server)),
    // A bot's permanent token needs no client; everything else does.
    clientId:
      app.grant === 'bot_token' && app.clientId === '' ? '' : pass(checkClientId(app.clientId)),
    grant: app.grant,
    isPublicClient: app.isPublicClient,
    redirectUris: [...new Set(app.redirectUris.map((uri) => pass(checkRedirectUri(uri))))],
  };
  if (kept.grant === 'authorization_code' && kept.redirectUris.length === 0) {
    throw invalid(l10n.t('An app that people sign in to needs at least one redirect URI.'));
  }
  if (kept.grant === 'jwt' && kept.isPublicClient) {
    throw invalid(l10n.t('An app that signs in with a JWT credential needs a client secret.'));
  }
  return kept;
}

function pass(check: Check): string {
  if (!check.ok) throw invalid(check.problem);
  return check.value;
}

function refuseTwin(app: AppProfile, others: readonly AppProfile[]): void {
  const name = app.name.toLowerCase();
  if (others.some((other) => other.id !== app.id && other.name.toLowerCase() === name)) {
    throw new HumanError(l10n.t('There is an app named “{0}” already.', app.name), {
      remedy: l10n.t('Choose another name.'),
    });
  }
}

function invalid(problem: string): HumanError {
  return new HumanError(problem, { remedy: l10n.t('Correct the app and save it again.') });
}

function unknownApp(): HumanError {
  return new HumanError(l10n.t('This app has been removed.'), {
    remedy: l10n.t('Add it again, or choose another app.'),
  });
}
