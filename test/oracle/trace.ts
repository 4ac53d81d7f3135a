// Reads bash's own trace (`set -x`): the words of each simple command after all expansions.
// Invariant: an entry that is no simple command (assignment, test, loop head) is left out, nothing else is.
const HEADS = /^(?:for|case|select|\[\[|\(\()$/;
const ASSIGNMENT = /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?=/;
/** What the jail itself runs where a program is not found. */
const OWN = '/.o/stub.bash';

/** The argv of each command that was traced, each different one once. */
export function tracedCommands(given: string): string[][] {
  const seen = new Map<string, string[]>();
  // The last line may be cut where the trace became too long.
  const trace = given.slice(0, given.lastIndexOf('\n') + 1);
  const mark = /^\++ /gm;
  let match = mark.exec(trace);
  while (match) {
    const start = mark.lastIndex;
    const { words, end } = readEntry(trace, start);
    const [first = ''] = words;
    const isCommand =
      words.length > 0 && !HEADS.test(first) && !ASSIGNMENT.test(trace.slice(start, end));
    if (isCommand && first !== OWN) {
      seen.set(JSON.stringify(words), words);
    }
    mark.lastIndex = end;
    match = mark.exec(trace);
  }
  return [...seen.values()];
}

/** Words up to the end of the line; quotes may hold line breaks. */
function readEntry(text: string, from: number): { words: string[]; end: number } {
  const token = /'([^']*)'|\$'((?:[^'\\]|\\[\s\S])*)'|\\([\s\S])|([^\s'\\$]+|\$)|([ \t]+)|(\n)/gy;
  const words: string[] = [];
  let word: string | undefined;
  token.lastIndex = from;
  let end = from;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [whole, single, ansi, escaped, plain, blank] = match;
    if (whole === '\n' && blank === undefined && single === undefined && escaped === undefined) {
      break;
    }
    end = token.lastIndex;
    if (blank !== undefined) {
      words.push(...(word === undefined ? [] : [word]));
      word = undefined;
    } else {
      word = (word ?? '') + (single ?? escaped ?? plain ?? plainText(ansi ?? ''));
    }
  }
  return { words: word === undefined ? words : [...words, word], end };
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  E: '\x1b',
};

/** `$'…'` as bash writes it: letters, and bytes in octal, which are UTF-8. */
function plainText(text: string): string {
  const bytes: Buffer[] = [];
  for (const match of text.matchAll(/\\([0-7]{3})|\\([\s\S])|([^\\]+)/g)) {
    const [, octal, letter, plain] = match;
    bytes.push(
      octal === undefined
        ? Buffer.from(plain ?? ESCAPES[letter ?? ''] ?? letter ?? '')
        : Buffer.from([Number.parseInt(octal, 8)]),
    );
  }
  return Buffer.concat(bytes).toString();
}
