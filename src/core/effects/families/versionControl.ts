// Version control other than git: Mercurial, Subversion, Jujutsu, Perforce, Fossil, Bazaar, Darcs.
// Invariant: every one of them can be set up to start programs, so a call with settings on the line is no proof of reading.
import { pretends } from '../pretending.ts';
import { reader } from '../readRule.ts';
import type { Call, Family, Rule } from '../types.ts';
import { words } from '../words.ts';

type Spec = Pick<Rule, 'id' | 'when' | 'why' | 'examples'> & Partial<Rule>;

const PROGRAMS = words('hg svn jj pijul p4 fossil bzr brz darcs svnadmin cvs chg sl repo');

function vcs(spec: Spec): Rule {
  return {
    programs: PROGRAMS,
    verb: 'delete',
    category: 'data-mutation',
    severity: 'serious',
    reversible: 'no',
    reach: 'workspace',
    target: { kind: 'repository', name: 'the work tree' },
    recovery: 'Changes that were never committed cannot be brought back.',
    ...spec,
  };
}

const first = (call: Call) => call.operands[0]?.value ?? '';
const line = (call: Call) => call.operands.map(({ value }) => value ?? '').join(' ');

/** What each program calls throwing local work away. */
const DISCARDS: Readonly<Record<string, RegExp>> = {
  hg: /^(revert|purge|clean|shelve --delete)\b/,
  chg: /^(revert|purge|clean)\b/,
  sl: /^(revert|purge|clean)\b/,
  svn: /^(revert)\b/,
  jj: /^(abandon|restore|undo|op(eration)? (restore|undo|abandon|revert)|workspace forget)\b/,
  p4: /^(revert|clean|delete)\b/,
  fossil: /^(revert|clean|undo|stash (drop|rm))\b/,
  bzr: /^(revert|clean-tree)\b/,
  brz: /^(revert|clean-tree)\b/,
  darcs: /^(revert|clean)\b/,
  pijul: /^(reset|channel delete)\b/,
  cvs: /^(update -C|release)\b/,
  repo: /^(abandon|prune)\b/,
};

function discards(call: Call): boolean {
  if (call.program !== 'svn' && pretends(call, '-n', '--dry-run', '--preview', '-p')) return false;
  if (DISCARDS[call.program]?.test(line(call))) return true;
  switch (call.program) {
    case 'hg':
    case 'chg':
    case 'sl':
      return /^(update|up|checkout|co|goto)$/.test(first(call)) && call.has('-C', '--clean');
    case 'svn':
      return first(call) === 'cleanup' && call.has('--remove-unversioned', '--remove-ignored');
    case 'fossil':
      return first(call) === 'close' && call.has('-f', '--force');
    case 'p4':
      return first(call) === 'sync' && call.has('-f');
    case 'repo':
      return first(call) === 'sync' && call.has('--force-sync', '--force-remove-dirty', '-d');
    default:
      return false;
  }
}

/** What takes commits out of the history, here or on the server. */
const REWRITES: Readonly<Record<string, RegExp>> = {
  hg: /^(strip|debugstrip|rollback|histedit|prune|obsolete|evolve|fold|split|uncommit|qdelete)\b/,
  chg: /^(strip|rollback|histedit|prune)\b/,
  sl: /^(hide|strip|debugstrip|histedit|fold|metaedit)\b/,
  p4: /^(obliterate|archive -p|changelist -d|client -d|depot -d|user -d|branch -d|label -d)\b/,
  fossil: /^(purge|shun|scrub|unpublished purge)\b/,
  bzr: /^(uncommit)\b/,
  brz: /^(uncommit)\b/,
  darcs: /^(obliterate|unpull|unrecord|rebase)\b/,
  pijul: /^(unrecord)\b/,
  jj: /^util gc\b/,
  svnadmin: /^(rmtxns|load|recover|setrevprop|delrevprop|hotcopy|lock|rmlocks)\b/,
};

function rewrites(call: Call): boolean {
  if (pretends(call, '-n', '--dry-run') || (call.program === 'p4' && !call.has('-y', '-d', '-p')))
    return false;
  if (REWRITES[call.program]?.test(line(call))) return true;
  return /^(hg|chg|sl)$/.test(call.program) && first(call) === 'push' && call.has('-f', '--force');
}

/** `svn delete URL` and its like act on the server at once, for everybody. */
function actsOnServer(call: Call): boolean {
  const { program } = call;
  const names = call.operands.slice(1).map(({ value }) => value ?? '');
  if (program === 'svn')
    return (
      (/^(delete|del|remove|rm|move|mv|rename)$/.test(first(call)) &&
        names.some((name) => /^[\w+]+:\/\//.test(name))) ||
      call.has('--revprop')
    );
  return (
    program === 'jj' && /^git push\b/.test(line(call)) && call.has('--deleted', '-d', '--delete')
  );
}

const READS: Readonly<Record<string, RegExp>> = {
  hg: /^(status|st|log|history|diff|cat|annotate|blame|branches|heads|id|identify|tip|parents|paths|root|files|locate|manifest|summary|sum|tags|bookmarks$|grep|version|help|showconfig|phase$)\b/,
  chg: /^(status|st|log|diff|cat|annotate|heads|id|summary|files)\b/,
  sl: /^(status|st|log|diff|cat|annotate|smartlog|show|id|root|files)\b/,
  svn: /^(status|stat|st|log|diff|di|info|list|ls|cat|blame|praise|annotate|ann|propget|pget|pg|proplist|plist|pl|help|mergeinfo)\b/,
  jj: /^(log|status|st|diff|show|evolog|obslog|interdiff|op(eration)? (log|show|diff)|bookmark list|branch list|file (list|show|annotate)|config (list|get|path)|root|workspace (list|root)|version|help|git remote list)\b/,
  p4: /^(opened|changes|describe|diff|diff2|filelog|annotate|files|fstat|have|info|print|status|where|depots|clients|users|branches|labels|sizes|help)\b/,
  fossil:
    /^(status|timeline|diff|info|ls|changes|extras|branch list|finfo|annotate|version|help)\b/,
  bzr: /^(status|st|log|diff|info|ls|cat|annotate|version|revno|missing)\b/,
  brz: /^(status|st|log|diff|info|ls|cat|annotate|version|revno|missing)\b/,
  pijul: /^(log|diff|change|channel$|credit|ls|list)\b/,
  darcs: /^(whatsnew|log|changes|diff|show|annotate)\b/,
  cvs: /^(status|log|diff|annotate)\b/,
  svnadmin: /^(verify|info|lslocks|lstxns|help)\b/,
  repo: /^(status|diff|info|list|branches|overview|version|help)\b/,
};

const RUNS_MORE = words(
  '--config --config-option --config-dir --config-file --diff-cmd --diff3-cmd --editor-cmd --tool --extdiff -R --repository --repo --cwd --debugger --pager --ssh --remotecmd --command --exec -o --output',
);

export const versionControlFamily: Family = {
  name: 'version-control',
  about: 'Version control other than git: lost work, rewritten history, and reading.',
  syntax: [
    {
      programs: PROGRAMS,
      hasVerb: true,
      abbreviates: false,
      valueOptions: words(
        '--color --pager --at-operation --at-op -p -H -C -Q -x -r --rev --revision -m --message -R --repository --config --config-option --config-dir -l --limit -u --user --username --password -c --change -b --branch -T --template -I -X --include --exclude --cwd',
      ),
    },
  ],
  rules: [
    vcs({
      id: 'version-control/discard',
      when: { test: discards },
      why: 'It throws away changes of the work tree that are not committed.',
      alternative: 'Look at the changes first, and shelve or commit them.',
      examples: {
        match: [
          'hg update --clean',
          'hg revert --all',
          'svn revert -R .',
          'svn cleanup --remove-unversioned',
          'jj abandon',
          'pijul reset',
          'p4 sync -f ...',
        ],
        noMatch: ['hg update', 'svn cleanup', 'jj log', 'hg purge -p'],
      },
    }),
    vcs({
      id: 'version-control/rewrite',
      when: { test: rewrites },
      verb: 'rewrite-history',
      category: 'history-rewrite',
      why: 'It takes commits out of the history.',
      recovery: 'Pull them again from a clone that has them.',
      examples: {
        match: ['hg strip tip', 'hg push -f', 'p4 obliterate -y //depot/x', 'darcs obliterate'],
        noMatch: ['hg push', 'p4 obliterate //depot/x', 'hg log'],
      },
    }),
    vcs({
      id: 'version-control/server',
      when: { test: actsOnServer },
      reach: 'shared',
      target: { kind: 'repository', name: 'the server' },
      why: 'It deletes or moves something on the server at once, for everybody.',
      recovery: 'Copy it back from the revision before.',
      examples: {
        match: ['svn delete https://svn.example.org/repo/trunk -m x', 'jj git push --deleted'],
        noMatch: ['svn delete a.txt', 'jj git push'],
      },
    }),
    vcs({
      id: 'version-control/publish',
      when: {
        test: (call) =>
          !rewrites(call) &&
          !actsOnServer(call) &&
          /^(push|submit|upload|git push|bookmark push)\b|^(svn|cvs) (commit|ci|import|lock|unlock)\b/.test(
            /^(svn|cvs)$/.test(call.program) ? `${call.program} ${line(call)}` : line(call),
          ),
      },
      verb: 'send',
      category: 'config-change',
      severity: 'moderate',
      reversible: 'effort',
      reach: 'shared',
      target: { kind: 'repository', name: 'the server' },
      why: 'It publishes commits, where others see them.',
      recovery: 'Revert with a new commit.',
      examples: {
        match: ['hg push', 'svn commit -m x', 'jj git push', 'p4 submit'],
        noMatch: ['hg commit -m x', 'svn update'],
      },
    }),
    vcs({
      id: 'version-control/change',
      when: {
        test: (call) =>
          /^(add|commit|ci|update|up|pull|clone|checkout|co|merge|resolve|branch|tag|bookmark|new|describe|desc|edit|squash|rebase|shelve|unshelve|init|import|export|patch|rename|mv|move|copy|cp|remove|rm|delete|del|switch|sw|cleanup|sync|reconcile|add\w+|git (fetch|clone|init)|start|download|graft|backout|amend)\b/.test(
            line(call),
          ) &&
          !discards(call) &&
          !actsOnServer(call) &&
          !(/^(svn|cvs)$/.test(call.program) && /^(commit|ci|import)\b/.test(line(call))),
      },
      verb: 'modify',
      severity: 'moderate',
      reversible: 'effort',
      why: 'It changes the work tree or the local history.',
      recovery: 'Update to the revision before.',
      examples: {
        match: ['hg commit -m x', 'svn update', 'jj new', 'hg pull'],
        noMatch: ['hg log', 'svn revert a', 'svn commit -m x'],
      },
    }),
    reader(
      'version-control/read',
      PROGRAMS,
      { none: RUNS_MORE, test: (call) => READS[call.program]?.test(line(call)) ?? false },
      {
        match: ['hg status', 'svn log -l 5', 'jj st', 'p4 opened'],
        noMatch: ['hg --config alias.st=!x st', 'svn diff --diff-cmd ./x', 'hg commit -m x'],
      },
      'none',
    ),
  ],
};
