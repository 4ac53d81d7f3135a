// What an archive holds and where its members would be put, by the program's own listing.
// Invariant: nothing is unpacked; a call, a program or a listing that is not understood in full gives no members at all.
import * as path from 'node:path';
import { readSeven, readTar, readUnzip, type Unpacking } from './archiveWords.ts';
import { statOf } from './standingFiles.ts';
import type { FactTools, Subject } from './types.ts';

/** Larger archives take too long to be listed. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_NAMES = 5000;
const MOST_LINKS = 20;

export interface Members {
  /** Absolute places of the files and links, without the folders. */
  files: readonly string[];
  /** True where a file that stands there stays as it is. */
  keeps: boolean;
}

interface Member {
  name: string;
  isFolder: boolean;
  /** Of a symbolic link. */
  target?: string;
}

const READERS: Readonly<Record<string, (words: readonly string[]) => Unpacking | undefined>> = {
  unzip: readUnzip,
  '7z': readSeven,
  tar: readTar,
  gtar: readTar,
  bsdtar: readTar,
};

/** Undefined where that cannot be told. */
export async function membersOf(
  { call, folder }: Subject,
  { context }: FactTools,
): Promise<Members | undefined> {
  const words = call.invocation.argv.slice(1).map((word) => (word.isGlob ? undefined : word.value));
  if (folder === undefined || words.includes(undefined) || call.invocation.isRepeated)
    return undefined;
  const unpacking = READERS[call.program]?.(words as string[]);
  if (!unpacking) return undefined;
  const archive = path.resolve(folder, unpacking.archive);
  const stat = await statOf(archive);
  if (!stat?.isFile() || stat.size > MOST_BYTES) return undefined;
  const { program, argv, read } = listing(call.program, archive, unpacking.members);
  const { stdout, exitCode } = await context.run(program, argv, {
    cwd: folder,
    timeLimitMs: context.timeLimitMs,
  });
  const members = exitCode === 0 && stdout !== undefined ? read(stdout) : undefined;
  if (!members || members.length > MOST_NAMES) return undefined;
  const place = placer(path.resolve(folder, unpacking.folder), call.program, unpacking);
  return { files: placesOf(members, place), keeps: unpacking.keeps };
}

interface Listing {
  program: string;
  argv: readonly string[];
  read(text: string): readonly Member[] | undefined;
}

function listing(program: string, archive: string, members: readonly string[]): Listing {
  if (program === 'unzip') return { program, argv: ['-Z1', archive, ...members], read: readNames };
  if (program === '7z')
    return { program, argv: ['l', '-slt', '-ba', '-p-', '--', archive, ...members], read: readSlt };
  const options = ['--list', '--verbose', '--numeric-owner', '--force-local'];
  // An absolute name is never taken for one of another machine.
  const argv = [...options, '--quoting-style=literal', '-f', archive, '--', ...members];
  return { program: 'tar', argv, read: readVerbose };
}

/** `unzip -Z1`: one name on each line. */
function readNames(text: string): readonly Member[] {
  const names = text.split('\n').filter((line) => line !== '');
  return names.map((name) => ({ name, isFolder: name.endsWith('/') }));
}

/** `7z l -slt`: a paragraph of fields for each member. */
function readSlt(text: string): readonly Member[] {
  return text.split(/\r?\n\r?\n/).flatMap((paragraph) => {
    const field = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(paragraph)?.[1];
    const name = field('Path');
    const isFolder = field('Folder') === '+' || /^D/.test(field('Attributes') ?? '');
    return name === undefined ? [] : [{ name, isFolder }];
  });
}

const VERBOSE =
  /^([-dlhbcpCMNSV])[rwxsStT-]{9}\S? +\d+\/\d+ +[\d,]+ \d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? (.*)$/;

/** `tar --list --verbose`, with where each symbolic link leads. */
function readVerbose(text: string): readonly Member[] | undefined {
  const members: Member[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, type, rest = ''] = VERBOSE.exec(line) ?? [];
    if (type === undefined) return undefined;
    const arrow = { l: ' -> ', h: ' link to ' }[type];
    const at = arrow === undefined ? -1 : rest.lastIndexOf(arrow);
    const name = at < 0 ? rest : rest.slice(0, at);
    const target = type === 'l' && arrow && at >= 0 ? rest.slice(at + arrow.length) : undefined;
    members.push({ name, isFolder: type === 'd', ...(target !== undefined && { target }) });
  }
  return members;
}

type Placer = (name: string) => string | undefined;

/** Where a member of this name goes; undefined: it is left out. */
function placer(folder: string, program: string, how: Unpacking): Placer {
  return (name) => {
    if (how.keepsRoots) return path.resolve(folder, name);
    const all = name.split('/').filter((part) => part !== '' && part !== '.');
    // unzip and 7z leave such parts out of a name, tar the whole member.
    if (program.endsWith('tar') && all.includes('..')) return undefined;
    const parts = all.filter((part) => part !== '..');
    const kept = how.isFlat ? parts.slice(-1) : parts.slice(how.strip);
    return kept.length > 0 ? path.join(folder, ...kept) : undefined;
  };
}

/** A link that the archive makes leads what is unpacked behind it to where it points. */
function placesOf(members: readonly Member[], place: Placer): readonly string[] {
  const links = new Map<string, string>();
  const files = new Set<string>();
  for (const { name, isFolder, target } of members) {
    const own = place(name);
    if (own === undefined) continue;
    const real = throughLinks(own, links);
    if (target !== undefined) links.set(own, path.resolve(path.dirname(own), target));
    if (!isFolder) for (const file of [own, real]) files.add(file);
  }
  return [...files];
}

function throughLinks(file: string, links: ReadonlyMap<string, string>): string {
  let current = file;
  for (let count = 0; count < MOST_LINKS; count++) {
    const link = [...links.keys()].find((name) => current.startsWith(`${name}/`));
    if (link === undefined) break;
    current = path.join(links.get(link) ?? '', current.slice(link.length));
  }
  return current;
}
