// The word that a person types before a CRITICAL command runs: the name of what is at stake, so that it is read once more.
import type { Effect } from '../effects/types.ts';
import type { Assessment } from '../risk/types.ts';

/** Details of targets that name a thing, in the order in which they say most. */
const NAMES = ['branch', 'table', 'database', 'namespace', 'resource', 'service', 'host'];
const MOST = 40;

/** Never empty; without spaces, so that it is typed as it is read. */
export function confirmWord(assessment: Pick<Assessment, 'effects' | 'effectScores'>): string {
  const { effects, effectScores } = assessment;
  const order = effects
    .map((effect, index) => ({ effect, score: effectScores[index] ?? 0 }))
    .sort((a, b) => b.score - a.score);
  for (const { effect } of order) {
    const word = wordOf(effect);
    if (word !== undefined) return word;
  }
  return 'critical';
}

function wordOf({ target }: Effect): string | undefined {
  for (const name of NAMES) {
    const word = plain(target.detail?.[name]);
    if (word !== undefined) return word;
  }
  if (target.kind === 'none' || target.kind === 'setting') return undefined;
  // The last part that can be typed: the folder of a path, the branch of `origin/main`, the table of `table users on db`.
  const table = /^table (\S+)/.exec(target.name)?.[1];
  if (table !== undefined) return plain(table);
  const parts = target.name.split('/').filter((part) => /[\p{L}\p{N}]/u.test(part));
  return plain(parts.at(-1));
}

function plain(text: string | undefined): string | undefined {
  const word = text?.trim();
  if (word === undefined || !/^[\x21-\x7e\p{L}\p{N}]+$/u.test(word)) return undefined;
  return word.length > MOST ? undefined : word;
}
