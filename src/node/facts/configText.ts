// Reads the small configuration formats that name a target: INI sections and `.env` lines.
// Invariant: total; what is no setting is passed over.

/** Section name → keys (lower case) → value. Keys before any section stand in the section ''. */
export type IniFile = ReadonlyMap<string, ReadonlyMap<string, string>>;

export function readIni(text: string): IniFile {
  const sections = new Map<string, Map<string, string>>();
  let section = new Map<string, string>();
  sections.set('', section);
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    const head = /^\[\s*(.*?)\s*\]$/.exec(line);
    if (head) {
      section = sections.get(head[1] ?? '') ?? new Map();
      sections.set(head[1] ?? '', section);
    } else if (!/^[#;!]/.test(line)) {
      const pair = /^([^=]+?)\s*=\s*(.*)$/.exec(line);
      if (pair) section.set((pair[1] ?? '').toLowerCase(), unquote(pair[2] ?? ''));
    }
  }
  return sections;
}

/** Variables of a `.env` file; references to other variables are left as they stand. */
export function readDotEnv(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const pair = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/.exec(line);
    if (pair) values.set(pair[1] ?? '', unquote((pair[2] ?? '').replace(/\s+#.*$/, '')));
  }
  return values;
}

function unquote(text: string): string {
  return /^(["'`])(.*)\1$/s.exec(text)?.[2] ?? text;
}
