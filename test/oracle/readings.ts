// Calls that the gate takes for reading, run with the real programs to see whether they change anything. The options come
// from each program's own help text, so that options nobody thought of are tried too, alone and together.
// Invariant: only what the gate lets pass as reading is run, and only in the jail.
import fc from 'fast-check';
import { families } from '../../src/core/effects/registry.ts';
import type { Tester } from '../helpers/analysis.ts';
import type { RealJail } from './realJail.ts';

/** A program, with its subcommand, and the options that its help text names. */
export interface Manual {
  head: string;
  options: readonly string[];
}

/** A line that passed as reading and changed files. */
export interface Liar {
  line: string;
  changed: readonly string[];
}

/** They wait for a terminal or for time to pass. */
const WAITING = /^(sleep|top|htop|less|more|watch|tmux|screen|man|info)$/;
/** Subcommands of git that wait, or open windows. */
const WAITING_GIT = /daemon|shell|gui|gitk|citool|web|http|send|credential|p4|svn|cvs/;
const LETTERS = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0'].map((c) => `-${c}`);

/** Programs of the rules that prove reading. */
export function readingPrograms(): readonly string[] {
  const rules = families.flatMap((family) => family.rules);
  const programs = rules
    .filter(({ verb, severity }) => verb === 'read' && severity === 'none')
    .flatMap((rule) => rule.programs);
  return [...new Set(programs)].filter((name) => /^[\w.+-]+$/.test(name) && !WAITING.test(name));
}

/** Asks the programs that this machine has for their options. */
export async function manualsOf(
  jail: RealJail,
  programs: readonly string[],
): Promise<readonly Manual[]> {
  const [listed] = await jail.run(["git help -a | sed -n 's/^   \\([a-z]\\S*\\) .*/\\1/p'"]);
  const subcommands = programs.includes('git') ? (listed?.output.split('\n') ?? []) : [];
  const heads = [
    ...programs.filter((name) => name !== 'git'),
    ...subcommands.filter((name) => name !== '' && !WAITING_GIT.test(name)).map((n) => `git ${n}`),
  ];
  const asked = heads.map((head) => {
    const [program, subcommand] = head.split(' ');
    return `type -P ${program} > /dev/null && ${head} ${subcommand === undefined ? '--help' : '-h'}`;
  });
  const runs = await jail.run(asked);
  return heads.flatMap((head, at) => {
    const text = runs[at]?.output ?? '';
    return text === '' ? [] : [{ head, options: [...new Set([...optionsIn(text), ...LETTERS])] }];
  });
}

function optionsIn(help: string): readonly string[] {
  const found = help.matchAll(/(?:^|[\s,|[(])(--?(?:\[no-\])?[A-Za-z0-9][\w-]*)/gm);
  return [...found].map(([, name = '']) => name.replace('[no-]', ''));
}

const OPERANDS = ['a.txt', 'b.txt', 'sub', 'x.tar', 'x.tar.gz', 'main', 'HEAD', 'v1', 'list'];
/** `new` is a file that tells when it is run, and shows when it is written. */
const VALUES = ['', '', '', '=new', ' new', ' ./new', '=./new', '=unmade', ' unmade'];

/** One call of one of the programs. */
export function readingLines(manuals: readonly Manual[]): fc.Arbitrary<string> {
  return fc.constantFrom(...manuals).chain(({ head, options }) => {
    const option = fc
      .tuple(fc.constantFrom(...options), fc.constantFrom(...VALUES))
      .map(([name, value]) => `${name}${value}`);
    const word = fc.oneof(
      { weight: 2, arbitrary: option },
      { weight: 1, arbitrary: fc.constantFrom(...OPERANDS) },
    );
    return fc.array(word, { maxLength: 4 }).map((words) => [head, ...words].join(' '));
  });
}

/** True where the gate lets the line run without a question because it only reads. */
export function passesAsReading(tester: Tester, line: string): boolean {
  const { assessment, ruling } = tester.judge(line);
  return ruling.verdict === 'allow' && assessment.effects.every(({ verb }) => verb === 'read');
}

/** Runs the lines that pass as reading, and gives those that changed a file. */
export async function liarsAmong(
  jail: RealJail,
  tester: Tester,
  lines: readonly string[],
): Promise<{ run: number; liars: readonly Liar[] }> {
  const passed = [...new Set(lines)].filter((line) => passesAsReading(tester, line));
  const runs = await jail.run(passed);
  const liars = passed.flatMap((line, at) => {
    const changed = runs[at]?.changed ?? [];
    return changed.length === 0 ? [] : [{ line, changed }];
  });
  return { run: passed.length, liars };
}
