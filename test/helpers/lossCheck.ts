// Holds what an assessment says of a command against what the command then really does, in a machine of its own.
// Invariant: where the assessment takes comfort from a fact, nothing is lost; more is never lost than is said.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Assessed } from '../../src/node/assessor.ts';
import type { TestMachine } from './machine.ts';

/** Files with content, by path; git's own folders are left out. */
type Files = ReadonlyMap<string, string>;

/** A name that is no text is read by its bytes, and stands here with one character for each. */
function filesOf(folder: string): Files {
  const found = new Map<string, string>();
  const visit = (place: string) => {
    for (const bytes of fs.readdirSync(place, { encoding: 'buffer' })) {
      const whole = Buffer.concat([Buffer.from(`${place}/`), bytes]);
      const isText = Buffer.from(bytes.toString()).equals(bytes);
      const file = isText ? whole.toString() : whole.toString('latin1');
      const stat = fs.lstatSync(whole);
      if (bytes.toString() === '.git') continue;
      if (stat.isDirectory()) visit(file);
      else if (stat.isSymbolicLink()) found.set(file, `link ${fs.readlinkSync(whole)}`);
      else found.set(file, fs.readFileSync(whole, 'base64'));
    }
  };
  visit(folder);
  return found;
}

/** True where the repository around a file has just this content in its last commit. */
function isCommitted(file: string, content: string, environment: Record<string, string>): boolean {
  const options = { cwd: path.dirname(file), env: environment };
  const { stdout, status } = spawnSync('git', ['show', `HEAD:./${path.basename(file)}`], options);
  if (status !== 0) return false;
  return content.startsWith('link ')
    ? content === `link ${stdout}`
    : stdout.toString('base64') === content;
}

function isIgnored(file: string, environment: Record<string, string>): boolean {
  const options = { cwd: path.dirname(file), env: environment };
  return spawnSync('git', ['check-ignore', '-q', '--', path.basename(file)], options).status === 0;
}

const COMFORT = /^fact\/(loses-nothing|all-committed|nothing-there|all-ignored)$/;

/** Assesses the command, runs it, compares, and puts everything back. */
export async function compareLoss(
  machine: TestMachine,
  command: string,
  cwd: string,
): Promise<void> {
  const assessed = await machine.assess(command, cwd);
  const before = filesOf(machine.home);
  const kept = `${machine.base}-kept`;
  execFileSync('cp', ['-a', machine.base, kept]);
  let changed: readonly string[] = [];
  try {
    spawnSync('bash', ['-c', command], { cwd, env: machine.environment });
    const after = filesOf(machine.home);
    changed = [...before.keys()].filter((file) => after.get(file) !== before.get(file));
  } finally {
    fs.rmSync(machine.base, { recursive: true });
    fs.renameSync(kept, machine.base);
  }
  const all = changed.filter(
    (file) => !isCommitted(file, before.get(file) ?? '', machine.environment),
  );
  const work = all.filter((file) => !isIgnored(file, machine.environment));
  check(assessed, command, { work, all });
}

function check(
  { assessment }: Assessed,
  command: string,
  gone: { work: readonly string[]; all: readonly string[] },
): void {
  const said = JSON.stringify([assessment.parts, assessment.facts], undefined, 1);
  for (const { id } of assessment.parts.filter((part) => COMFORT.test(part.id))) {
    const lost = id === 'fact/all-ignored' ? gone.work : gone.all;
    assert.deepEqual(lost, [], `${command} took comfort from ${id}: ${said}`);
  }
  const loses = assessment.facts.find(({ id }) => id === 'git.loses')?.value;
  if (typeof loses === 'number')
    assert.ok(loses >= gone.work.length, `${command} loses ${gone.work}: ${said}`);
}
