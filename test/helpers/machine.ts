// A machine of its own for tests of facts: a temporary home, a workspace, an environment, and the real assessor on them.
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { parsePolicy, type RawPolicy } from '../../src/core/policy/parsePolicy.ts';
import type { FactId } from '../../src/core/risk/factIds.ts';
import type { Fact } from '../../src/core/risk/types.ts';
import { type Assessed, type AssessorSettings, createAssessor } from '../../src/node/assessor.ts';
import { testParser } from './analysis.ts';

export interface TestMachine {
  /** Everything lies below it; a real path. */
  base: string;
  home: string;
  workspace: string;
  /** Programs put here are found before those of the system. */
  bin: string;
  environment: Record<string, string>;
  settings: Partial<AssessorSettings>;
  policy: Partial<RawPolicy>;
  /** Writes a file; relative paths lie in the workspace. */
  write(file: string, text?: string): string;
  git(...argv: string[]): string;
  gitIn(folder: string, ...argv: string[]): string;
  assess(
    command: string,
    cwd?: string,
    withFacts?: boolean,
    added?: Readonly<Record<string, string>>,
  ): Promise<Assessed>;
  /** Value of a fact about the first effect that has it, or about the line. */
  fact(assessed: Assessed, id: FactId): Fact | undefined;
  dispose(): void;
}

/** `toolProcess`: the built file of the process that starts tools, as the extension has it. */
export function createMachine(toolProcess?: string): TestMachine {
  const base = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'interlock-facts-')));
  const [home, workspace, bin] = ['home', 'home/app', 'bin'].map((name) => {
    const folder = path.join(base, name);
    fs.mkdirSync(folder, { recursive: true });
    return folder;
  }) as [string, string, string];
  const environment: Record<string, string> = {
    HOME: home,
    USER: 'dev',
    PATH: `${bin}${path.delimiter}/usr/local/bin:/usr/bin:/bin`,
  };
  const gitIn = (folder: string, ...argv: string[]) =>
    execFileSync('git', ['-c', 'protocol.file.allow=always', ...argv], {
      cwd: folder,
      env: { ...environment, GIT_CONFIG_NOSYSTEM: '1' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  fs.writeFileSync(
    path.join(home, '.gitconfig'),
    '[user]\n\tname = Dev\n\temail = dev@example.com\n[init]\n\tdefaultBranch = main\n',
  );
  const machine: TestMachine = {
    base,
    home,
    workspace,
    bin,
    environment,
    settings: {},
    policy: {},
    write: (file, text = 'x\n') => {
      const place = path.resolve(workspace, file);
      fs.mkdirSync(path.dirname(place), { recursive: true });
      fs.writeFileSync(place, text);
      return place;
    },
    git: (...argv) => gitIn(workspace, ...argv),
    gitIn,
    assess: (command, cwd = workspace, withFacts = true, added = {}) =>
      assessor.assess(command, { cwd, agent: 'tester', withFacts, environment: added }),
    fact: ({ assessment }, id) => assessment.facts.find((fact) => fact.id === id),
    dispose: () => fs.rmSync(base, { recursive: true, force: true }),
  };
  const assessor = createAssessor({
    loadParser: testParser,
    home,
    environment,
    workspaceRoots: [workspace],
    gatePaths: [],
    ...(toolProcess !== undefined && { toolProcess }),
    settings: () => ({
      policy: parsePolicy({
        autoApprove: undefined,
        rules: undefined,
        workspaceRules: undefined,
        ...machine.policy,
      }),
      protectedPaths: [],
      disposablePaths: [],
      protectedBranches: [],
      production: [],
      ...machine.settings,
    }),
    now: () => new Date(),
  });
  return machine;
}

/** A machine whose workspace is a repository with these files in its one commit. */
export function createRepository(files: Readonly<Record<string, string>>): TestMachine {
  const machine = createMachine();
  commitFiles(machine, files);
  return machine;
}

/** Makes the workspace a repository with these files in its one commit. */
export function commitFiles(machine: TestMachine, files: Readonly<Record<string, string>>): void {
  machine.git('init', '-q');
  for (const [file, text] of Object.entries(files)) machine.write(file, text);
  machine.git('add', '.');
  machine.git('commit', '-qm', 'start');
}
