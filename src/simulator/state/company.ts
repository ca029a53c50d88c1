import { ACCOUNT_ID, ADMIN_ID, BOT_ID, COMPANY_NAME } from '../seeds';

export interface Person {
  /** A user's and a bot's id is the extension's id; a guest's begins with `glip-`. */
  readonly id: string;
  readonly kind: 'user' | 'bot' | 'guest';
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly extensionNumber?: string;
  readonly isAdmin: boolean;
  readonly creationTime: string;
}

export const nameOf = (person: Person): string => `${person.firstName} ${person.lastName}`.trim();

/** The practice company: its account and the people that can meet in its chats. */
export class Company {
  readonly accountId = ACCOUNT_ID;
  readonly name = COMPANY_NAME;
  readonly #people: readonly Person[];

  constructor(people: readonly Person[] = PEOPLE) {
    this.#people = people;
  }

  get people(): readonly Person[] {
    return this.#people;
  }

  /** Those who can sign in with a browser. */
  get users(): readonly Person[] {
    return this.#people.filter((person) => person.kind === 'user');
  }

  /** Everyone with an extension: users and bots, no guests. */
  get extensions(): readonly Person[] {
    return this.#people.filter((person) => person.kind !== 'guest');
  }

  person(id: string): Person | undefined {
    return this.#people.find((person) => person.id === id);
  }

  personByEmail(email: string): Person | undefined {
    return this.#people.find((person) => person.email.toLowerCase() === email.toLowerCase());
  }

  /** By id, email, full or first name, in that order; for control commands typed by hand. */
  find(text: string): Person | undefined {
    const wanted = text.trim().toLowerCase();
    return (
      this.person(text.trim()) ??
      this.personByEmail(text.trim()) ??
      this.#people.find((person) => nameOf(person).toLowerCase() === wanted) ??
      this.#people.find((person) => person.firstName.toLowerCase() === wanted)
    );
  }
}

const SINCE = '2026-01-12T09:00:00.000Z';

const PEOPLE: readonly Person[] = [
  {
    id: ADMIN_ID,
    kind: 'user',
    firstName: 'Maya',
    lastName: 'Okafor',
    email: 'maya.okafor@practice.example',
    extensionNumber: '101',
    isAdmin: true,
    creationTime: SINCE,
  },
  {
    id: '470001002',
    kind: 'user',
    firstName: 'Jonas',
    lastName: 'Weber',
    email: 'jonas.weber@practice.example',
    extensionNumber: '102',
    isAdmin: false,
    creationTime: SINCE,
  },
  {
    id: '470001003',
    kind: 'user',
    firstName: 'Lin',
    lastName: 'Chen',
    email: 'lin.chen@practice.example',
    extensionNumber: '103',
    isAdmin: false,
    creationTime: SINCE,
  },
  {
    id: BOT_ID,
    kind: 'bot',
    firstName: 'Practice',
    lastName: 'Bot',
    email: 'practice.bot@practice.example',
    extensionNumber: '900',
    isAdmin: false,
    creationTime: SINCE,
  },
  {
    id: 'glip-4700019001',
    kind: 'guest',
    firstName: 'Priya',
    lastName: 'Raman',
    email: 'priya.raman@customer.example',
    isAdmin: false,
    creationTime: SINCE,
  },
];
