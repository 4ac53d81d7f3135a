// Runs one command line in a real bash where it can do no harm, and says which programs it started.
// Isolation: the line runs as the machine's unprivileged user in new user, mount, network, process, IPC and host-name
// namespaces (`unshare`), with a tmpfs as its root (`pivot_root`, the old root is unmounted) that holds copies of bash and
// of a few programs that only start others; every other program is a stub that writes its words down. It has no
// capability and no network device, and is limited in time (2 s a line), memory, processes, open files and bytes written.
// Invariant: no line is run before `openJail` has tried to get out of it and failed.
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { type Names, namesIn } from './names.ts';

/** What happened to a line. */
export interface Run {
  /** True where `bash -n` accepts the line. */
  isValid: boolean;
  /** Exit status of the line; 137 where its time was up. */
  status: number;
  /** Words of each program that a stub stood for: the path that was executed, then its arguments. */
  started: readonly (readonly string[])[];
  /** The directory of each of them. */
  directories: readonly string[];
  /** bash's own trace, one command a line. */
  trace: string;
}

/** A checked way to run lines. */
export interface Jail {
  /** Runs a line once; every stub ends with the given status. */
  run(line: string, status: 0 | 1): Promise<Run>;
  /** Runs lines that write no files one after the other in one jail: making the jail costs more than any line. */
  runAll(lines: readonly string[], status: 0 | 1): Promise<readonly Run[]>;
}

const SCRIPTS = path.join(__dirname, 'jail');
/** What is real in the jail: bash, and programs that only start others. */
const REAL = 'bash dash env timeout nice nohup setsid xargs find cat base64 sleep setpriv';
const ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LANG: 'C.UTF-8' };
const NOBODY = 65534;
const LIMIT_MS = 60_000;
const MAX_BYTES = 16_000_000;

/** Checks the isolation and hands out the jail. Rejects with the reason where this machine cannot isolate. */
export async function openJail(): Promise<Jail> {
  if (process.platform !== 'linux') {
    throw new Error('The execution oracle needs Linux: it isolates lines with namespaces.');
  }
  const jail = await BashJail.load();
  const folder = await mkdtemp(path.join(tmpdir(), 'interlock-oracle-'));
  try {
    await checkIsolation(jail, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return jail;
}

async function checkIsolation(jail: BashJail, folder: string): Promise<void> {
  const canary = path.join(folder, 'canary');
  await writeFile(canary, 'alive');
  await chmod(folder, 0o777);
  await chmod(canary, 0o666);
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  try {
    for (const [line, code] of [
      [`echo dead > ${canary}`, 1],
      [`[[ -e ${folder} || -e /etc || -e /proc/1/root/etc || -d /.old/proc ]]`, 1],
      [`exec 3<>/dev/tcp/127.0.0.1/${port}`, 1],
      [`kill -0 ${process.pid}`, 1],
      ['read -r -d "" all < /proc/self/status; [[ $all =~ CapEff:.0*[1-9a-f] ]]', 1],
      ['echo dead > /.o/stub.bash', 1],
    ] as const) {
      const { status } = await jail.run(line, 0, { directories: [], files: [] });
      if (status !== code) {
        throw new Error(`The isolation does not hold: \`${line}\` ended with ${status}.`);
      }
    }
    const { started } = await jail.run('rm -rf x', 0);
    if (JSON.stringify(started) !== '[["/bin/rm","-rf","x"]]') {
      throw new Error(`The stubs do not record: ${JSON.stringify(started)}`);
    }
  } finally {
    server.close();
  }
  if ((await readFile(canary, 'utf8')) !== 'alive' || connections > 0) {
    throw new Error('The isolation does not hold: a line wrote or connected outside of it.');
  }
}

class BashJail implements Jail {
  private constructor(
    private readonly scripts: readonly string[],
    private readonly programs: readonly string[],
    private readonly libraries: readonly string[],
  ) {}

  /** Reads the scripts here, because the user that runs them may not be allowed to. */
  static async load(): Promise<BashJail> {
    const names = ['setup', 'init', 'stub', 'pass'];
    const files = names.map((name) => readFile(path.join(SCRIPTS, `${name}.bash`), 'utf8'));
    const programs = (await printed(`type -P ${REAL}`)).split('\n').filter(Boolean);
    const linked = await printed(`ldd ${programs.join(' ')} $(type -P umount)`);
    const libraries = [...linked.matchAll(/(\/\S+) \(0x/g)].map(([, file]) => file ?? '');
    return new BashJail(await Promise.all(files), programs, [...new Set(libraries)]);
  }

  async run(line: string, status: 0 | 1, names: Names = namesIn(line)): Promise<Run> {
    const [run] = await this.runIn([line], status, names);
    if (!run) {
      throw new Error('The jail printed nothing.');
    }
    return run;
  }

  runAll(lines: readonly string[], status: 0 | 1): Promise<readonly Run[]> {
    const names = lines.map(namesIn);
    return this.runIn(lines, status, {
      directories: [...new Set(names.flatMap(({ directories }) => directories))],
      files: [...new Set(names.flatMap(({ files }) => files))],
    });
  }

  private async runIn(
    lines: readonly string[],
    status: 0 | 1,
    { directories, files }: Names,
  ): Promise<readonly Run[]> {
    if (lines.some((line) => line.includes('\0'))) {
      throw new Error('A line with a NUL byte cannot be handed to bash.');
    }
    const [setup = '', ...scripts] = this.scripts;
    const mark = randomUUID();
    const lists = [lines, this.programs, this.libraries, directories, files];
    const fields = [
      ...scripts,
      String(status),
      mark,
      ...lists.flatMap((list) => [String(list.length), ...list]),
    ];
    const output = await isolated(setup, fields.map((field) => `${field}\0`).join(''));
    const runs = split(output, `\0${mark}\0`).map(parseRun);
    if (runs.length !== lines.length) {
      throw new Error(`The jail ran ${runs.length} of ${lines.length} lines.`);
    }
    return runs;
  }
}

/** The pieces of the output, each of which ends with the mark. */
export function split(output: Buffer, mark: string): Buffer[] {
  const pieces: Buffer[] = [];
  let from = 0;
  for (let at = output.indexOf(mark); at >= 0; at = output.indexOf(mark, from)) {
    pieces.push(output.subarray(from, at));
    from = at + mark.length;
  }
  return pieces;
}

async function printed(script: string): Promise<string> {
  const run = promisify(execFile);
  return (await run('bash', ['--noprofile', '--norc', '-c', script], { env: ENVIRONMENT })).stdout;
}

/** Runs setup.bash in its namespaces and gives what it printed. */
export function isolated(setup: string, input: string): Promise<Buffer> {
  const isRoot = process.getuid?.() === 0;
  const unshare = [
    ...['unshare', '--user', '--map-root-user', '--mount', '--net', '--pid', '--ipc', '--uts'],
    ...['--fork', '--kill-child', 'bash', '--noprofile', '--norc', '-c', setup],
  ];
  const command = isRoot
    ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', ...unshare]
    : unshare;
  const [program = '', ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: '/',
      env: ENVIRONMENT,
      timeout: LIMIT_MS,
      killSignal: 'SIGKILL',
    });
    const output: Buffer[] = [];
    let errors = '';
    let size = 0;
    child.stdout.on('data', (data: Buffer) => {
      size += data.length;
      if (size <= MAX_BYTES) {
        output.push(data);
      }
    });
    child.stderr.on('data', (data: Buffer) => {
      errors = (errors + data.toString()).slice(0, 2_000);
    });
    child.stdin.on('error', (error) => {
      errors += error.message;
    });
    child.on('error', (error) => {
      reject(new Error(`Lines cannot be isolated here: ${error.message}`));
    });
    child.on('close', (code) => {
      if (code === 0) {
        resolve(Buffer.concat(output));
      } else {
        reject(
          new Error(`Lines cannot be isolated here (${program} ended with ${code}): ${errors}`),
        );
      }
    });
    child.stdin.end(input);
  });
}

/** First line: both statuses. Then NUL-separated records, each with its number of words in front; an empty one; the trace. */
function parseRun(output: Buffer): Run {
  const head = output.indexOf(10);
  const [syntax, status] = output.subarray(0, head).toString().split(' ').map(Number);
  const started: string[][] = [];
  const directories: string[] = [];
  const fields = output
    .subarray(head + 1)
    .toString()
    .split('\0');
  let at = 0;
  while (at < fields.length && fields[at] !== '') {
    const count = Number(fields[at]);
    // No words: the stub stood for a program that was not found, which the trace names.
    if (count > 0) {
      started.push(fields.slice(at + 1, at + 1 + count));
      directories.push(fields[at + 1 + count] ?? '');
    }
    at += 2 + count;
  }
  const trace = fields.slice(at + 2).join('\0');
  return { isValid: syntax === 0, status: status ?? -1, started, directories, trace };
}
