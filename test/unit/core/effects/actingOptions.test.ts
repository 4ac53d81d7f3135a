// No proof of reading holds beside an option that acts: every example of such a rule is asked again with every option by
// which the program's other rules, or programs in general, write, delete, start or send something.
import assert from 'node:assert/strict';
import { parseCall } from '../../../../src/core/effects/options.ts';
import { families, syntaxOf } from '../../../../src/core/effects/registry.ts';
import type { Rule } from '../../../../src/core/effects/types.ts';
import { words } from '../../../../src/core/effects/words.ts';
import type { Invocation } from '../../../../src/core/shell/types.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

/** What acts in general, whatever the program. */
const GENERAL = [
  ...words(`
    --delete --remove --fix --write --apply --prune --purge --in-place --reset --clear --repair --update --install
    --exec=x --output=src/app.ts --plugin=own --config=own --run=x --log-file=src/app.ts --save --edit --create --set=a
  `),
  '--output src/app.ts',
  '-o src/app.ts',
  '--plugin own',
  '--command own',
  '> src/app.ts',
  '>> src/app.ts',
];

/** Where such a word is harmless: the program, the words, and why. */
const HARMLESS: readonly (readonly [program: RegExp, words: RegExp, why: string])[] = [
  [/^(awk|gawk|mawk|nawk)$/, /^-/, 'behind the program awk reads no options any more'],
  [/^(e|f|z|g)?grep$|^(rg|ag|ack|ugrep)$/, /^-o/, 'prints the match only'],
  [/^(test|\[|find|gfind)$/, /^-(o|name)/, 'a test of the expression'],
  [/^(ls|ps|lsof|od|column|git|set)$/, /^-o/, 'chooses what is shown, or is refused'],
  [/^(lsblk|df|lscpu|findmnt|journalctl)$/, /^--output/, 'chooses columns or a form'],
  [/^(find|gfind|tree)$/, /^--prune$/, 'leaves folders out'],
  [/^rsync$/, /^(-a|--del|--delete\S*|--remove-source-files)$/, 'the example is a preview'],
  [/^(sfdisk|wipefs|zfs)$/, /^(--delete|-a|-r)$/, 'the example is a preview or a list'],
  [/^(git|hg)$/, /^--(delete|remove|add|clean)$/, 'chooses what is listed, or is refused'],
  [/^git$/, /^(-[adfmrx]|--(force|cached|all|expire|no-edit))$/, 'the example is a preview'],
  [/^git$/, /^(\^-c|--include)$/, 'behind the subcommand it means another thing'],
  [/^tar$/, /^(--absolute-names|-[fxz])$/, 'the example prints to the terminal or lists'],
];

/** Where options of the program's other deeds are harmless beside this one; what acts in general is not among them. */
const OWN_HARMLESS: typeof HARMLESS = [
  [/^(rpm|dpkg|pacman)$/, /^-/, 'two deeds in one call are refused'],
  [/^(fdisk|parted)$/, /^-/, 'options of sgdisk and sfdisk, which the others refuse'],
  [/^(kill|pass|fuser)$/, /^-/, 'behind an operand or a list it does nothing'],
  [/^(sed|nginx|screen|tmux|ssh-keygen|ping|tcpdump|sort)$/, /^-/, 'needs a value or says which'],
  [/^(psql|mongosh|celery|etcdctl|hdfs|kubectl)$/, /^-/, 'needs a value or says which'],
  [/^(docker|gh|aws|ceph)$/, /^-/, 'an option of another subcommand, refused or without meaning'],
];

type Found = { rule: string; program: string; line: string; word: string };

const isHarmless = (program: string, word: string) =>
  [...HARMLESS, ...(GENERAL.includes(word) ? [] : OWN_HARMLESS)].some(
    ([who, what]) => who.test(program) && what.test(word),
  );

describe('a proof of reading beside an option that acts', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const isAllowed = (line: string) =>
    tester.judge(line, { policy: { autoApprove: 'readOnly' } }).ruling.verdict === 'allow';
  const all = families.flatMap(({ rules }) => rules);
  const parsed = new Map<string, readonly Invocation[]>();
  const invocations = (line: string) => {
    const known = parsed.get(line) ?? tester.read(line).invocations;
    parsed.set(line, known);
    return known;
  };
  const calls = (line: string, program: string) =>
    invocations(line)
      .filter((invocation) => invocation.program === program)
      .map((invocation) => parseCall(invocation, syntaxOf(program)));
  const deedOf = (line: string, program: string) => {
    const [call] = calls(line, program);
    return call?.subcommand[0] ?? (syntaxOf(program)?.hasVerb ? call?.operands[0]?.value : '');
  };

  /** Options of the rules that act on the same subcommand: those of their conditions and of their examples. */
  function ownOptions(line: string, program: string): string[] {
    const deed = deedOf(line, program);
    const acting = all.filter((rule) => rule.verb !== 'read' && rule.programs.includes(program));
    return acting.flatMap((rule) => [
      ...optionsOfExamples(rule, program, deed),
      ...(concerns(rule, deed) ? [...(rule.when.any ?? []), ...(rule.when.all ?? [])] : []),
    ]);
  }
  const concerns = ({ when }: Rule, deed: string | undefined) =>
    when.subcommand?.some((path) => path.split(' ')[0] === deed) ?? deed === '';
  const optionsOfExamples = (rule: Rule, program: string, deed: string | undefined) =>
    rule.examples.match
      .filter((line) => deedOf(line, program) === deed)
      .flatMap((line) => calls(line, program).flatMap(({ options }) => options))
      .map(({ name }) => name);

  function* findings(): Generator<Found> {
    for (const rule of all.filter(({ verb }) => verb === 'read'))
      for (const line of rule.examples.match.filter(isAllowed))
        for (const program of rule.programs.filter((name) => calls(line, name).length > 0))
          for (const word of new Set([...GENERAL, ...ownOptions(line, program)])) {
            if (!isHarmless(program, word) && isAllowed(`${line} ${word}`))
              yield { rule: rule.id, program, line, word };
          }
  }

  it('asks, or the table says why the option is harmless', () => {
    const lines = [...findings()].map(({ rule, line, word }) => `${rule}: ${line} ${word}`);
    assert.equal(lines.join('\n'), '');
  });
});
