// Rules on the go tool: what runs code of the workspace, what only compiles it, what only reads.
// Invariant: Go builds run no code of the packages; the options that make them start another program are not among
// those of the check, and what git starts for the version stamp is looked up as for a call of git.
import { READING, reader } from '../readRule.ts';
import { pathTarget } from '../targets.ts';
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { build, first } from './buildRule.ts';
import { looksAtModules } from './packageChanges.ts';

const CHECK_OPTIONS = new Set(words('-v -x -race -tags -trimpath -p -json -o'));
const VET_OPTIONS = new Set(words('-v -x -race -tags -json'));

/** Rules on the go tool. */
export const goRules: readonly Rule[] = [
  build({
    id: 'builds/go',
    programs: ['go'],
    when: {
      subcommand: words('build test vet run fmt fix generate clean tool mod'),
      test: (call) =>
        isOwnCode(call) &&
        !onlyCompiles(call) &&
        !onlyVets(call) &&
        !tellsModules(call) &&
        !tellsCoverage(call),
    },
    why: "It builds or runs the workspace's own Go code.",
    examples: {
      match: ['go test ./...', 'go build -o bin/x ./cmd/x'],
      noMatch: [
        'go install x@latest',
        'go run x@latest',
        'go clean -modcache',
        "go build -ldflags '-extld=./x -linkmode=external' .",
      ],
    },
  }),
  build({
    id: 'builds/go-output',
    programs: ['go'],
    when: {
      subcommand: ['build', 'test'],
      any: ['-o'],
      test: (call) => isOwnCode(call) && !onlyCompiles(call),
    },
    verb: 'overwrite',
    target: (call, context) => {
      const out = call.valueOf('-o');
      return out ? [pathTarget(out, call, context)] : [];
    },
    why: 'It writes the program {target}.',
    recovery: 'Build the one that stood there again.',
    examples: {
      match: ['go build -o bin/x ./cmd/x', 'go test -c -o /opt/x .'],
      noMatch: [
        'go build -o /dev/null .',
        'go build .',
        'go build -o x -toolexec ./y .',
        'go build -o x -ldflags=-extld=./y .',
      ],
    },
  }),
  {
    ...build({
      id: 'builds/go-check',
      programs: ['go'],
      when: { subcommand: ['build'], test: onlyCompiles },
      why: 'It compiles the Go code to see whether it builds; none of it runs.',
      recovery: 'Nothing to undo.',
      examples: {
        match: [
          'go build -o /dev/null ./...',
          'go build -v -tags=e2e -o /dev/null ./cmd/...',
          'go build -o /dev/null ./cmd/x',
        ],
        noMatch: [
          'go build ./...',
          'go build -o x ./...',
          'go build -o /dev/null -toolexec=./x ./...',
          'go build -o /dev/null -ldflags=-extld=./x ./...',
          'go build -o /dev/null -gcflags=-memprofile=/x ./...',
          'go build -o /dev/null -mod=mod ./...',
          'go build -o /dev/null -C ../other ./...',
          'go build -o /dev/null $X ./...',
          'go build -o /dev/null example.org/x/...',
          'go build -o /dev/null --toolexec ./x ./...',
          'go test ./...',
        ],
      },
    }),
    verb: 'create',
    category: 'config-change',
    severity: 'none',
    reversible: 'yes',
    reach: 'nothing',
  },
  {
    ...READING,
    id: 'builds/go-vet',
    programs: ['go'],
    when: { subcommand: ['vet'], test: onlyVets },
    target: 'none',
    why: 'It only checks the Go code; none of it runs.',
    examples: {
      match: ['go vet ./...', 'go vet -tags e2e ./cmd/x'],
      noMatch: [
        'go vet -vettool=./x ./...',
        'go vet -toolexec ./x ./...',
        'go vet -fix ./...',
        'go vet -mod=mod ./...',
        'go vet x@latest',
        'go vet $X',
      ],
    },
  },
  reader(
    'builds/go-coverage',
    ['go'],
    { subcommand: ['tool'], test: tellsCoverage },
    {
      match: ['go tool cover -func=c.out'],
      noMatch: ['go tool cover -html=c.out', 'go tool cover -func=c.out -o f', 'go tool pprof x'],
    },
    'rest',
  ),
  reader(
    'builds/go-modules',
    ['go'],
    { subcommand: ['mod'], test: tellsModules },
    {
      match: ['go mod graph', 'go mod why -m example.org/x', 'go mod verify'],
      noMatch: ['go mod tidy', 'go mod download', 'go mod vendor', 'go mod why -toolexec x a'],
    },
    'none',
  ),
  reader(
    'builds/go-read',
    ['go'],
    {
      subcommand: words('version list env doc help'),
      none: ['-w', '-u', '-exec', '-toolexec', '-mod', '-http'],
    },
    {
      match: ['go version', 'go list ./...', 'go env GOPATH'],
      noMatch: ['go env -w A=b', 'go test'],
    },
    'none',
  ),
];

/** The packages of the workspace, and no option that starts another program. */
const isOwnCode = (call: Call) =>
  !call.has('-exec', '-toolexec', '-vettool', '-overlay', '-modcache') &&
  !call.operands.some((word) => /@/.test(word.value ?? '')) &&
  (call.subcommand[0] !== 'mod' || looksAtModules(call)) &&
  !linksElsewhere(call) &&
  !hidesValue(call);

/** `-exec="$X"`: an option may be one that starts a program. */
const hidesValue = (call: Call) =>
  call.invocation.argv.some(({ value, parts: [start] }) => {
    return value === undefined && start?.kind === 'literal' && start.value.startsWith('-');
  });

/** `-extld` names a linker that is started. */
function linksElsewhere(call: Call): boolean {
  return /-ext(ld|ldflags|ar)\b/.test(call.valueOf('-ldflags', '--ldflags')?.value ?? '');
}

/** What is built goes to /dev/null. Without that, a single program is left in the folder. */
function onlyCompiles(call: Call): boolean {
  if (call.subcommand[0] !== 'build' || call.mayHaveHiddenOptions) return false;
  if (!call.options.every(({ name }) => CHECK_OPTIONS.has(name))) return false;
  return (
    call.valueOf('-o')?.value === '/dev/null' &&
    call.operands.length > 0 &&
    call.operands.every(({ value }) => PACKAGES.test(value ?? ''))
  );
}

/** `.`, `./cmd/x`, `./...` */
const PACKAGES = /^\.(\/[\w.-]+)*\/?$|^\.(\/[\w.-]+)*\/\.\.\.$/;

function onlyVets(call: Call): boolean {
  return (
    call.subcommand[0] === 'vet' &&
    !call.mayHaveHiddenOptions &&
    call.options.every(({ name }) => VET_OPTIONS.has(name)) &&
    call.operands.every(({ value }) => /^\.[\w./-]*$|^[\w.-]+\.go$/.test(value ?? ''))
  );
}

/** It may download modules to look at them, as `go list` does. */
function tellsModules(call: Call): boolean {
  return (
    call.subcommand[0] === 'mod' &&
    /^(graph|why|verify)$/.test(first(call)) &&
    !call.mayHaveHiddenOptions &&
    call.options.every(({ name }) => /^-(m|x|go|vendor)$/.test(name))
  );
}

function tellsCoverage(call: Call): boolean {
  return (
    call.subcommand[0] === 'tool' &&
    first(call) === 'cover' &&
    !call.mayHaveHiddenOptions &&
    call.options.length > 0 &&
    call.options.every(({ name }) => name === '-func')
  );
}
