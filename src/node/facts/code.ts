// Facts about files whose contents decided what a line does: if one changes while the line is held, it is assessed anew (I2).
import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Assessment, Fact } from '../../core/risk/types.ts';
import type { LocalSourceFiles } from '../sourceFiles.ts';
import { realPathOf } from './realPaths.ts';
import type { FactSource, Subject } from './types.ts';

/** One fact for each file that the analyser looked into. */
export function codeFacts(files: LocalSourceFiles): Fact[] {
  return files.fingerprints().map(({ path, bytes, sha256 }) => ({
    id: 'code.read',
    effect: undefined,
    value: sha256,
    text: `${path} was read to see what it does (${bytes} bytes).`,
    how: `read ${path}`,
  }));
}

/** Larger files are told by size and time alone. */
const MOST_BYTES = 4 * 1024 * 1024;

/** The file that would run, whatever it is written in. */
export const codeSource: FactSource = {
  name: 'the file that would run',
  main: 'code.file',
  concerns: ({ effect, folder }) =>
    effect.verb === 'execute-code' &&
    effect.target.kind === 'path' &&
    effect.target.path !== undefined &&
    effect.target.isGlob !== true &&
    folder !== undefined,
  lookUp: async (subjects) => (await Promise.all(subjects.map(fingerprint))).flat(),
};

/** A file that would run and does not hold any more what it held; undefined where all do. */
export async function changedCode({
  effects,
  facts,
}: Pick<Assessment, 'effects' | 'facts'>): Promise<string | undefined> {
  for (const { id, effect: index, value } of facts) {
    const effect = id === 'code.file' && index !== undefined ? effects[index] : undefined;
    if (!effect || index === undefined || value === 'unknown') continue;
    const [now] = await fingerprint({ index, effect });
    if (now?.value !== value) return effect.target.name;
  }
  return undefined;
}

async function fingerprint({
  index,
  effect,
}: Pick<Subject, 'index' | 'effect'>): Promise<readonly Fact[]> {
  const { path, name } = effect.target;
  const real = path === undefined ? null : await realPathOf(path);
  const say = (value: Fact['value'], text: string): Fact[] => [
    { id: 'code.file', effect: index, value, text, how: `read ${name}` },
  ];
  if (real === null) return say('unknown', `What ${name} holds cannot be told.`);
  let handle: FileHandle;
  try {
    handle = await open(real, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch {
    // Not there or not readable: then it does not run either, or something else makes it first.
    return say('unknown', `What ${name} holds cannot be told.`);
  }
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) return say('unknown', `${name} is no plain file.`);
    return say(await markOf(handle, stat), `${name} holds ${stat.size} bytes.`);
  } finally {
    await handle.close();
  }
}

async function markOf(handle: FileHandle, stat: Stats): Promise<string> {
  if (stat.size > MOST_BYTES) return `${stat.size} ${stat.mtimeMs} ${stat.ino}`;
  return createHash('sha256')
    .update(await handle.readFile())
    .digest('hex');
}
