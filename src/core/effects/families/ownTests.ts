// Which scripts of the workspace are trusted as its tests are: by the name of a test, or a listing task of a framework.
import { pathTarget } from '../targets.ts';
import type { Call, EffectContext } from '../types.ts';

/** The module behind `-m`; empty where there is none. */
export const moduleOf = (call: Call) => call.valueOf('-m')?.value ?? '';

const TEST_NAME =
  /^(tests?|check|lint|verify|validate|repro|reproduce|debug|demo|example|bench|final_test|run_tests?)([._-]|$)|[._-](tests?|spec|check|bench|demo)\.\w+$/;

/** What builds or formats by its name is trusted as `npm run build` is. */
const BUILD_NAME =
  /^(build|compile|bundle|format|fmt|typecheck|type-check|codegen|generate|gen)([._-]|$)/;

/** Names that say that something leaves the machine or goes, whatever else they say. */
const REACHES_OUT =
  /(^|[._:=-])(deploy|publish|release|destroy|migrate|seed|reset|drop|push|prod|production|teardown|nuke|purge|install|clean|delete|remove)([._-]|$)/i;

/** True where the last part of a path says test or build. */
export const isTestName = (path: string) => {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (TEST_NAME.test(name) || BUILD_NAME.test(name)) && !REACHES_OUT.test(name);
};

const VENDOR_TOOL =
  /^(\.\/)?vendor\/bin\/(phpunit|pest|phpstan|pint|php-cs-fixer|psalm|rector|phpcs|phpcbf)$/;

/** A file of the workspace whose name says test: the same trust as `npm test` and `pytest`. Where it can be read, what is in it decides. */
export function isOwnTest(call: Call, context: EffectContext): boolean {
  const [file] = call.operands;
  if (!file?.value || moduleOf(call) !== '' || call.program === 'java') return false;
  if (call.invocation.isTransparentWrapper || call.mayHaveHiddenOptions) return false;
  if (call.has('-c', '-e', '--eval', '-p', '--print', '-r', '--require', '--import', '--loader'))
    return false;
  if (call.program === 'php' && VENDOR_TOOL.test(file.value)) return true;
  // `node build.js --deploy`
  if (call.invocation.argv.slice(2).some(({ value }) => REACHES_OUT.test(value ?? '')))
    return false;
  return isTestName(file.value) && pathTarget(file, call, context).place === 'workspace';
}

/** Tasks of well-known entry scripts that test, list or make files; what they load is the workspace's own code. */
const OWN_TASKS: Readonly<Record<string, RegExp>> = {
  'manage.py':
    /^(test|check|showmigrations|sqlmigrate|diffsettings|makemigrations|collectstatic|compilemessages|makemessages|startapp|runserver|help|--version)$/,
  artisan:
    /^(test|list|about|route:list|event:list|schedule:list|config:show|migrate:status|make:\w+|serve|help|--version|-V|env|inspire|view:cache|route:cache|config:cache)$/,
  console: /^(list|about|debug:\S+|lint:\S+|router:match|cache:clear|cache:warmup|help|--version)$/,
  'setup.py':
    /^(test|check|build|build_ext|build_py|sdist|bdist_wheel|egg_info|--version|--name|--help)$/,
};

export function isOwnTask(call: Call, context: EffectContext): boolean {
  const [file, task, ...rest] = call.operands;
  if (!file?.value || task?.value === undefined || call.mayHaveHiddenOptions) return false;
  if (moduleOf(call) !== '' || call.invocation.isTransparentWrapper) return false;
  const name = file.value.slice(file.value.lastIndexOf('/') + 1);
  if (!OWN_TASKS[name]?.test(task.value) || pathTarget(file, call, context).place !== 'workspace')
    return false;
  return (
    name !== 'setup.py' ||
    rest.every(({ value }) => !/^(upload|register|install)$/.test(value ?? 'upload'))
  );
}

export const isDjangoTest = (call: Call) =>
  moduleOf(call) === 'django' && /^(test|check)$/.test(call.operands[0]?.value ?? '');
