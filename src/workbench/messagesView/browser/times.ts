/** Times of messages in the person's language and time zone. */
export class Times {
  readonly #time: Intl.DateTimeFormat;
  readonly #day: Intl.DateTimeFormat;
  readonly #full: Intl.DateTimeFormat;

  constructor(language: string) {
    const locale = Intl.DateTimeFormat.supportedLocalesOf(knownTag(language));
    this.#time = new Intl.DateTimeFormat(locale, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    });
    this.#day = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
    this.#full = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' });
  }

  time(ms: number): string {
    return this.#time.format(ms);
  }

  day(ms: number): string {
    return this.#day.format(ms);
  }

  full(ms: number): string {
    return this.#full.format(ms);
  }
}

/** VS Code names its languages almost as BCP 47 does; what does not parse is left out. */
function knownTag(language: string): string[] {
  try {
    return Intl.getCanonicalLocales(language);
  } catch {
    return [];
  }
}
