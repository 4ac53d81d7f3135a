// How many made-up secrets get through redaction, and how often ordinary text is taken for one. Part of `npm run bench:record`.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Redactor } from '../../src/core/session/redact/redactor.ts';
import { RedactStream } from '../../src/core/session/redact/redactStream.ts';
import { fakeTokens, seeded } from '../helpers/fakeSecrets.ts';

const SEEDS = 40;
/** How secrets stand in output. */
const PLACES: readonly ((secret: string) => string)[] = [
  (secret) => `${secret}\r\n`,
  (secret) => `value ${secret} end\r\n`,
  (secret) => `{"k": "${secret}"}\r\n`,
  (secret) => `x=${secret};\r\n`,
  (secret) => `\x1b[32m${secret}\x1b[0m\r\n`,
  (secret) => `${secret.slice(0, 5)}\x1b[1;31m${secret.slice(5)}\x1b[m\r\n`,
];

/** Secrets of every rule in every place, in pieces of 1 to 20 characters; and finds in the sources of this project, which hold none. */
export function redactionQuality(): Record<string, number> {
  const redactor = new Redactor({ key: () => 'k', known: [] });
  let [made, missed] = [0, 0];
  for (let seed = 1; seed <= SEEDS; seed++) {
    for (const { text, secret } of fakeTokens(seed)) {
      for (const place of PLACES) {
        made += 1;
        const shown = redacted(redactor, place(text), seeded(made));
        if (shown.includes(secret.slice(-12))) missed += 1;
      }
    }
  }
  let [characters, falseFinds] = [0, 0];
  for (const text of ordinaryTexts()) {
    characters += text.length;
    falseFinds += redactor.find(text).length;
  }
  return { made, missed, ordinaryMegabytes: Number((characters / 1e6).toFixed(2)), falseFinds };
}

function redacted(redactor: Redactor, text: string, random: () => number): string {
  const stream = new RedactStream(redactor);
  let shown = '';
  for (let at = 0; at < text.length; ) {
    const end = at + 1 + Math.floor(random() * 20);
    const { clean, text: more } = stream.pushBytes(Buffer.from(text.slice(at, end)));
    shown += clean.toString() + more;
    at = end;
  }
  return shown + stream.end();
}

function ordinaryTexts(): string[] {
  const root = path.join(__dirname, '..', '..');
  const files = fs
    .readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:ts|css)$/.test(file))
    .map((file) => path.join('src', file));
  return [...files, 'README.md', 'ARCHITECTURE.md', 'package-lock.json'].map((file) =>
    fs.readFileSync(path.join(root, file), 'utf8'),
  );
}
