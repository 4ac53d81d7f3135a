// Rules on tools that build, check or serve the workspace and that are named by few: composer, dart, generators, servers.
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { build, first } from './buildRule.ts';

/** The first word behind the program and the one after it: `pub get`. */
const both = (call: Call) => `${first(call)} ${call.operands[1]?.value ?? ''}`.trim();

/** Scripts of composer.json that are there to test or check; other names are read where the file can be. */
const COMPOSER_SCRIPT =
  /^(test|tests|lint|check|cs|cs-check|cs-fix|format|fix|analyse|analyze|phpstan|psalm|phpunit|pest|pint|build)([:_-](?!deploy|publish|release)[\w:-]+)?$/;

function runsComposerScript(call: Call): boolean {
  const [task, script] = call.operands.map(({ value }) => value ?? '');
  if (task === 'dump-autoload' || task === 'dumpautoload') return true;
  return COMPOSER_SCRIPT.test((/^(run|run-script)$/.test(task ?? '') ? script : task) ?? '');
}

/** Options that bring in code or settings from elsewhere, or another door than a port. */
const ELSEWHERE = words('--config -c --uds --fd --pythonpath --chdir --app-dir --env-file -e');

/** A server of the workspace's own application that nobody but this machine reaches. */
function servesHere(call: Call): boolean {
  if (call.mayHaveHiddenOptions || call.has(...ELSEWHERE)) return false;
  const address = call.valueOf('-h', '--host', '-b', '--bind')?.value;
  const app = call.valueOf('-A', '--app')?.value ?? '';
  if (/^[/~]|\.\./.test(app)) return false;
  const isHere = address === undefined || /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(address);
  switch (call.program) {
    case 'flask':
      return isHere && first(call) === 'run';
    case 'fastapi':
      return isHere && first(call) === 'dev';
    default:
      return isHere && call.operands.length > 0;
  }
}

/** Rules on such tools. */
export const workspaceToolRules: readonly Rule[] = [
  build({
    id: 'builds/composer',
    programs: ['composer'],
    when: { none: ['-d', '--working-dir'], test: runsComposerScript },
    why: "It runs a script of the workspace's composer.json.",
    examples: {
      match: ['composer test', 'composer run lint', 'composer dump-autoload'],
      noMatch: ['composer install', 'composer run deploy', 'composer -d ../x test'],
    },
  }),
  build({
    id: 'builds/dart',
    programs: ['dart', 'flutter'],
    when: {
      test: (call) =>
        /^(test|analyze|format|fix|compile|doctor|devices|gen-l10n|clean)$/.test(first(call)) ||
        (call.program === 'flutter' &&
          /^build (apk|appbundle|web|ios|linux|macos|windows|bundle|aar)$/.test(both(call))),
    },
    why: "It builds or checks the workspace's own Dart code.",
    examples: {
      match: ['flutter test', 'dart format .', 'flutter build apk'],
      noMatch: ['flutter pub get', 'dart pub publish', 'dart run x', 'flutter install'],
    },
  }),
  build({
    id: 'builds/generate',
    programs: words('sqlc templ mockgen gqlgen oapi-codegen stringer swag trunk pint rector deno'),
    when: {
      test: (call) =>
        !call.mayHaveHiddenOptions &&
        (call.program !== 'deno' || first(call) === 'fmt') &&
        (call.program !== 'trunk' || /^(build|check|fmt|clean)$/.test(first(call))) &&
        !/^(push|upload|publish|deploy|verify)$/.test(first(call)),
    },
    why: 'It makes or formats sources of the workspace from what stands in it.',
    examples: {
      match: ['sqlc generate', 'templ generate', 'mockgen -source=a.go', 'deno fmt', 'pint'],
      noMatch: ['sqlc push', 'deno run a.ts', 'trunk serve'],
    },
  }),
  build({
    id: 'builds/serve',
    programs: words('uvicorn gunicorn hypercorn flask fastapi'),
    when: { test: servesHere },
    why: "It runs the workspace's own application on this machine.",
    recovery: 'Stop it.',
    examples: {
      match: ['uvicorn app.main:app --port 8000', 'flask run', 'fastapi dev main.py'],
      noMatch: [
        'uvicorn app:app --host 0.0.0.0',
        'flask shell',
        'gunicorn -c own.py app:app',
        'flask db upgrade',
      ],
    },
  }),
  build({
    id: 'builds/dotnet-publish',
    programs: ['dotnet'],
    when: { test: publishesIntoFolder },
    why: 'It builds the workspace into a folder.',
    examples: {
      match: ['dotnet publish -c Release -o out'],
      noMatch: [
        'dotnet publish /p:PublishProfile=x',
        'dotnet publish -t:PublishContainer',
        'dotnet nuget push a',
      ],
    },
  }),
];

/** `dotnet publish` only writes a folder, unless a profile or a target sends that on. */
export function publishesIntoFolder(call: Call): boolean {
  return (
    call.program === 'dotnet' &&
    first(call) === 'publish' &&
    !call.mayHaveHiddenOptions &&
    !call.invocation.argv.some(({ value }) =>
      /^[-/]+(p|property|t|target):|^--(property|target)/i.test(value ?? '-p:'),
    )
  );
}
