// What unpacking an archive would replace, and which of its members would land where files do more than lie there.
import * as path from 'node:path';
import type { PathPlace } from '../../core/effects/types.ts';
import { archivedValue } from '../../core/risk/archiveEffects.ts';
import type { Fact } from '../../core/risk/types.ts';
import { realPathOf } from './realPaths.ts';
import { type Hits, statOf } from './standingFiles.ts';
import type { FactSource, FactTools, Subject } from './types.ts';

/** The files that stand where the archive's would go; undefined where that cannot be told. */
export async function replacedByUnpacking(
  subject: Subject,
  tools: FactTools,
): Promise<Hits | undefined> {
  const members = await tools.members(subject);
  if (!members) return undefined;
  if (members.keeps) return { roots: [], recursive: false };
  const { files } = members;
  const stats = await Promise.all(files.map(statOf));
  const roots = files.filter((_, index) => stats[index] && !stats[index]?.isDirectory());
  return { roots, recursive: false };
}

const SERIOUS: ReadonlySet<PathPlace> = new Set<PathPlace>([
  'gate',
  'startup',
  'secret',
  'protected',
  'system',
  'root',
  'device',
]);

/** So many are named one by one. */
const MOST_NAMED = 10;

/** One fact for each member that would land in such a place. */
export const unpackingSource: FactSource = {
  name: 'the archive',
  main: 'archive.puts',
  concerns: ({ effect, folder }) => /^files\/extract/.test(effect.rule) && folder !== undefined,
  lookUp: async (subjects, tools) => {
    const ofCalls = new Map(subjects.map((subject) => [subject.call.invocation.id, subject]));
    return (
      await Promise.all([...ofCalls.values()].map((subject) => seriousMembers(subject, tools)))
    ).flat();
  },
};

async function seriousMembers(subject: Subject, tools: FactTools): Promise<readonly Fact[]> {
  const members = await tools.members(subject);
  const found = await Promise.all(
    (members?.files ?? []).map(async (file) => {
      const place = await placeOf(file, tools);
      return place === undefined ? [] : [{ file, place }];
    }),
  );
  return found
    .flat()
    .slice(0, MOST_NAMED)
    .map(({ file, place }) => {
      const name = path.relative(subject.folder ?? '/', file);
      return {
        id: 'archive.puts',
        effect: subject.index,
        value: archivedValue(place, file),
        text: `The archive holds ${name.startsWith('..') ? file : name}.`,
        how: `listed the archive: ${file}`,
      };
    });
}

/** By its name and by where links lead it; undefined where it is a place like any other. */
async function placeOf(file: string, { context }: FactTools): Promise<PathPlace | undefined> {
  const own = context.placeOf(file);
  if (SERIOUS.has(own)) return own;
  const real = await realPathOf(file);
  const behind = real === null ? 'unknown' : context.placeOf(real);
  return SERIOUS.has(behind) ? behind : undefined;
}
