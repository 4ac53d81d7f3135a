// What an approval may be kept as: exactly the command first, then wider patterns where these are safe to offer.
// Invariant: nothing wide is offered for what runs other code or fetches it, for HIGH, or for a line whose question a rule cannot answer.
import { parseCall } from '../effects/options.ts';
import { syntaxOf } from '../effects/registry.ts';
import type { Assessment } from '../risk/types.ts';
import type { Invocation } from '../shell/types.ts';
import { shellDialect } from '../shell/unwrap/shells.ts';
import { decide, isFreeByItself } from './decide.ts';
import { type GrantPattern, withGrant } from './grants.ts';
import { pinnedFiles } from './pinnedFiles.ts';
import { exactText, isWildcard } from './ruleMatch.ts';
import type { Policy, PolicyContext, PolicyRule, Ruling } from './types.ts';

/** Interpreters, wrappers, fetchers and runners: a pattern of their words says nothing about what runs. */
const NEVER_WIDE = new Set(
  (
    'python python2 python3 pypy node nodejs deno bun tsx ts-node perl ruby php lua luajit rscript r julia awk gawk mawk ' +
    'sed osascript groovy scala swift java jshell racket guile sudo doas su pkexec env nice nohup time timeout stdbuf ' +
    'setsid watch flock script strace ltrace unshare nsenter chroot exec eval command builtin source . xargs parallel ' +
    'find fd fdfind curl wget wget2 aria2c http https xh httpie fetch nc ncat netcat socat telnet ftp sftp scp rsync ssh ' +
    'autossh mosh rclone npx bunx pnpx uvx pipx dlx docker podman nerdctl kubectl oc busybox toybox direnv devbox mise asdf ' +
    'tmux screen expect at batch code claude codex gemini copilot cursor-agent aider goose amp opencode'
  ).split(' '),
);

/** Runners behind a subcommand of a tool that has others too. */
const RUNNING_VERBS = new Set('exec x dlx create init run-script eval run0'.split(' '));

/** The patterns that may be offered for a hold; empty where an approval cannot be kept. */
export function offersFor(
  assessment: Assessment,
  ruling: Ruling,
  policy: Policy,
  context: PolicyContext,
): GrantPattern[] {
  const { level, command } = assessment;
  if (level === 'CRITICAL' || ruling.verdict !== 'ask') return [];
  const frees = (pattern: GrantPattern & Pick<PolicyRule, 'pinned'>) =>
    decide(assessment, withGrant(policy, pattern), context).verdict === 'allow';
  const exact: GrantPattern = { kind: 'exact', match: exactText(command), upTo: level };
  // It is kept with the files that it rests on.
  if (!frees({ ...exact, pinned: pinnedFiles(assessment.facts) })) return [];
  if (level === 'HIGH') return [exact];
  const wide = widerPatterns(assessment, policy)
    .map((match): GrantPattern => ({ kind: 'tokens', match, upTo: level }))
    .filter(frees);
  return [exact, ...wide];
}

/** From narrow to wide; none where more than one call of the line has to be allowed. */
function widerPatterns(assessment: Assessment, policy: Policy): string[] {
  const { invocations } = assessment.shell;
  const open = invocations.filter((call) => !isFreeByItself(call, assessment, policy));
  const [call] = open;
  if (!call || open.length > 1 || !mayBeWide(call, assessment)) return [];
  const words = call.argv.map((word) => word.value ?? '');
  // A word that means something else in a pattern cannot be written down in one.
  if (words.some((word) => word === '' || /[\s"'\\]/.test(word) || isWildcard(word))) return [];
  const fixed = words.slice(0, 1 + verbsOf(call));
  const last = words.at(-1) ?? '';
  const isOperand = words.length > fixed.length && !last.startsWith('-');
  const patterns = [
    isOperand ? [...words.slice(0, -1), '*'] : [],
    [...words, '**'],
    // Never the whole of a tool: its verb stays.
    fixed.length > 1 ? [...fixed, '**'] : [],
  ];
  return [...new Set(patterns.map((tokens) => tokens.join(' ')))].filter((text) => text !== '');
}

/** Tools whose first word says what they do, where no rule family reads their words as subcommands. */
const VERBS_FIRST = new Set('npm yarn pnpm bun cargo go dotnet gh glab just task'.split(' '));

function verbsOf(call: Invocation): number {
  const { program = '' } = call;
  const known = parseCall(call, syntaxOf(program)).subcommand.length;
  const isVerb = VERBS_FIRST.has(program) && /^[a-z]/.test(call.argv[1]?.value ?? '');
  return Math.max(known, isVerb ? 1 : 0);
}

function mayBeWide(call: Invocation, { shell }: Assessment): boolean {
  const { program = '' } = call;
  if (NEVER_WIDE.has(program) || shellDialect(program) !== undefined) return false;
  if (/^(python|pip|perl|ruby|php|lua)[\d.]+$/.test(program)) return false;
  if (call.isTransparentWrapper || call.argv.some((word) => word.value === undefined)) return false;
  if (RUNNING_VERBS.has(call.argv[1]?.value ?? '')) return false;
  const startsOthers = shell.invocations.some(
    (other) =>
      other !== call &&
      other.nesting.some(
        ({ span, kind }) =>
          kind !== 'compound' &&
          kind !== 'file' &&
          kind !== 'task' &&
          call.span.start <= span.start &&
          span.end <= call.span.end,
      ),
  );
  return !startsOthers && !shell.inlineCode.some(({ invocation }) => invocation === call.id);
}
