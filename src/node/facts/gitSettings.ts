// The settings of git that count in one folder, all files and includes together, as git itself lists them.
// Invariant: a filter that any of them names is switched off in every call that looks into files.

const FILTER_KEY = /^filter\.(.*)\.(clean|smudge|process|required)$/s;

/** What `git config --list` says; keys have the section and the name in lower case. */
export class GitSettings {
  private constructor(private readonly values: ReadonlyMap<string, readonly string[]>) {}

  /** Reads the output of `git config -z --list`. */
  static read(list: string): GitSettings {
    const settings = new Map<string, string[]>();
    for (const entry of list.split('\0').filter(Boolean)) {
      const end = entry.indexOf('\n');
      // A key without a value is true.
      const [key, value] = end < 0 ? [entry, 'true'] : [entry.slice(0, end), entry.slice(end + 1)];
      settings.set(key, [...(settings.get(key) ?? []), value]);
    }
    return new GitSettings(settings);
  }

  /** The value that counts; undefined where there is none or it is empty. */
  get(key: string): string | undefined {
    return this.values.get(key)?.at(-1) || undefined;
  }

  /** Every address under which the user commits here. */
  ownEmails(): readonly string[] {
    return (this.values.get('user.email') ?? []).map((email) => email.toLowerCase());
  }

  /** Names of the remotes, each with its URL. */
  remotes(): readonly (readonly [string, string])[] {
    return [...this.values].flatMap(([key, values]) => {
      const name = /^remote\.(.*)\.url$/s.exec(key)?.[1];
      return name === undefined ? [] : values.map((url) => [name, url] as const);
    });
  }

  /** Variables that switch every named filter off, so that comparing a file runs nothing. */
  withoutFilters(): Readonly<Record<string, string>> {
    const names = new Set(
      [...this.values.keys()].map((key) => FILTER_KEY.exec(key)?.[1]).filter(Boolean),
    );
    const pairs = [...names].flatMap((name) => [
      [`filter.${name}.clean`, ''],
      [`filter.${name}.smudge`, ''],
      [`filter.${name}.process`, ''],
      [`filter.${name}.required`, 'false'],
    ]);
    const environment: Record<string, string> = { GIT_CONFIG_COUNT: String(pairs.length) };
    pairs.forEach(([key = '', value = ''], index) => {
      environment[`GIT_CONFIG_KEY_${index}`] = key;
      environment[`GIT_CONFIG_VALUE_${index}`] = value;
    });
    return environment;
  }
}
