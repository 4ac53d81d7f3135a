// Runs lines with the machine's own programs where they can change nothing of the machine, and says which files of a
// small workspace they changed. Isolation as in jail.ts, but /usr and /etc are there, read-only.
// Invariant: no line is run before it was tried to write to the machine and to connect, and both failed.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { isolated, split } from './jail.ts';

/** What a line did. */
export interface RealRun {
  /** Files that are new, gone or other, outside of /usr and /etc; empty where there is none. */
  changed: readonly string[];
  /** The first 30 kB of what it printed. */
  output: string;
}

/** A checked way to run lines with real programs; each line is killed after a second. */
export interface RealJail {
  run(lines: readonly string[]): Promise<readonly RealRun[]>;
}

/** Lines for one root: even if each takes its whole second, the root ends in time. */
const BATCH = 50;

/** Checks the isolation and hands out the jail. Rejects with the reason where this machine cannot isolate. */
export async function openRealJail(): Promise<RealJail> {
  const read = (name: string) => readFile(path.join(__dirname, 'jail', `${name}.bash`), 'utf8');
  const [setup, init] = await Promise.all([read('realSetup'), read('real')]);
  const runBatch = async (lines: readonly string[]): Promise<readonly RealRun[]> => {
    const mark = randomUUID();
    const input = [init, mark, ...lines].map((field) => `${field}\0`).join('');
    const runs = split(await isolated(setup, input), `\0${mark}\0`).map(parseRun);
    if (runs.length !== lines.length) {
      throw new Error(`The jail ran ${runs.length} of ${lines.length} lines.`);
    }
    return runs;
  };
  const run = async (lines: readonly string[]): Promise<readonly RealRun[]> => {
    const runs: RealRun[] = [];
    for (let at = 0; at < lines.length; at += BATCH) {
      runs.push(...(await runBatch(lines.slice(at, at + BATCH))));
    }
    return runs;
  };
  await checkIsolation(run);
  return { run };
}

async function checkIsolation(run: RealJail['run']): Promise<void> {
  const attempts = [
    'touch /usr/x /usr/bin/x',
    'touch /etc/x',
    'compgen -G "/.old/*"',
    '[[ -e /root || -e /var || -e /sys ]]',
    'exec 3<> /dev/tcp/127.0.0.1/22',
    'mount -t tmpfs x /usr',
    'mount -o remount,rw /usr',
    'read -r -d "" all < /proc/self/status; [[ $all =~ CapEff:.0*[1-9a-f] ]]',
  ];
  const runs = await run([...attempts.map((line) => `{ ${line}; } && echo OUT`), 'rm a.txt']);
  runs.slice(0, -1).forEach(({ output }, index) => {
    if (output.split('\n').includes('OUT')) {
      throw new Error(`The isolation does not hold: \`${attempts[index]}\` worked.`);
    }
  });
  if (!runs.at(-1)?.changed.some((entry) => entry.includes('a.txt'))) {
    throw new Error('The jail does not see that a file is gone.');
  }
}

function parseRun(output: Buffer): RealRun {
  const [changed = '', printed = ''] = output.toString().split('\0');
  return { changed: changed.split('\n').filter(Boolean), output: printed };
}
