// Searches recordings piece by piece, so that a window stays alive and no recording has to fit into memory.
// Invariant: no link is followed and nothing but a plain file is read; a search that nobody waits for any more ends soon.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { type OutputHit, OutputSearch } from '../core/session/outputSearch.ts';

export interface FoundOutput extends OutputHit {
  file: string;
}

export interface SearchResult {
  hits: FoundOutput[];
  /** There are more, or not everything could be looked at. */
  isPartial: boolean;
}

const PIECE = 256 * 1024;
/** A line of a recording is far shorter; what is longer is none of ours and is passed over. */
const MOST_LINE = 4 * 1024 * 1024;

/** At most `most` finds over all files, in their order. Undefined where it was called off. Rejects where a file cannot be read. */
export async function searchRecordings(
  folder: string,
  files: readonly string[],
  text: string,
  { most, isStale }: { most: number; isStale(): boolean },
): Promise<SearchResult | undefined> {
  const hits: FoundOutput[] = [];
  for (const file of files) {
    // One more than is shown tells that there are more.
    const search = new OutputSearch(text, most - hits.length + 1);
    await readLines(
      path.join(folder, file),
      (line) => search.take(line),
      () => search.isFull || isStale(),
    );
    if (isStale()) return undefined;
    search.flush();
    hits.push(...search.hits.map((hit) => ({ ...hit, file })));
    if (hits.length > most) break;
  }
  return { hits: hits.slice(0, most), isPartial: hits.length > most };
}

async function readLines(
  file: string,
  take: (line: string) => void,
  isOver: () => boolean,
): Promise<void> {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  const handle = await fs.promises.open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    if (!(await handle.stat()).isFile()) throw new Error(`${file} is not a plain file.`);
    const decoder = new StringDecoder('utf8');
    const bytes = Buffer.alloc(PIECE);
    let rest = '';
    while (!isOver()) {
      const { bytesRead } = await handle.read(bytes, 0, PIECE, null);
      if (bytesRead === 0) return;
      const lines = (rest + decoder.write(bytes.subarray(0, bytesRead))).split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > MOST_LINE) rest = '';
      for (const line of lines) take(line);
    }
  } finally {
    await handle.close();
  }
}
