// All rule families, and the dispatch from a program's name to its rules and its syntax.
import { buildsFamily } from './families/builds.ts';
import { cloudFamily } from './families/cloud.ts';
import { combinedFamily } from './families/combined.ts';
import { containersFamily } from './families/containers.ts';
import { databasesFamily } from './families/databases.ts';
import { disksFamily } from './families/disks.ts';
import { filesFamily } from './families/files.ts';
import { gateFamily } from './families/gate.ts';
import { gitFamily } from './families/git.ts';
import { interpretersFamily } from './families/interpreters.ts';
import { kubernetesFamily } from './families/kubernetes.ts';
import { networkFamily } from './families/network.ts';
import { packagesFamily } from './families/packages.ts';
import { permissionsFamily } from './families/permissions.ts';
import { readsFamily } from './families/reads.ts';
import { secretsFamily } from './families/secrets.ts';
import { shellFamily } from './families/shell.ts';
import { systemFamily } from './families/system.ts';
import { terraformFamily } from './families/terraform.ts';
import { versionControlFamily } from './families/versionControl.ts';
import { windowsFamily } from './families/windows.ts';
import type { Family, ProgramSyntax, Rule } from './types.ts';

/** Every family, in the order of docs/rules.md. */
export const families: readonly Family[] = [
  filesFamily,
  gitFamily,
  versionControlFamily,
  packagesFamily,
  buildsFamily,
  shellFamily,
  interpretersFamily,
  databasesFamily,
  kubernetesFamily,
  terraformFamily,
  cloudFamily,
  containersFamily,
  systemFamily,
  disksFamily,
  permissionsFamily,
  networkFamily,
  windowsFamily,
  secretsFamily,
  gateFamily,
  combinedFamily,
  readsFamily,
];

const rulesByProgram = indexBy(families.flatMap((family) => family.rules));
const syntaxByProgram = indexBy(families.flatMap((family) => family.syntax));

/** Rules that name the program; none means that nothing is known of it, not that it is safe. */
export function rulesFor(program: string): readonly Rule[] {
  return rulesByProgram.get(program) ?? [];
}

/** How the program's words are read; undefined where no family says. */
export function syntaxOf(program: string): ProgramSyntax | undefined {
  return syntaxByProgram.get(program)?.[0];
}

function indexBy<T extends { programs: readonly string[] }>(items: readonly T[]): Map<string, T[]> {
  const index = new Map<string, T[]>();
  for (const item of items) {
    for (const program of item.programs) {
      index.set(program, [...(index.get(program) ?? []), item]);
    }
  }
  return index;
}
