// Containers of the workspace itself: builds of its Dockerfile, and its compose project stopped and started.
// Invariant: nothing is published, no file outside is read, and no right over the machine is given.
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { container, first } from './containerRule.ts';

/** What changes nothing beyond the workspace that cannot be had again. */
const CONTAINED = {
  category: 'data-mutation',
  severity: 'minor',
  reversible: 'effort',
  reach: 'workspace',
  target: 'none',
} as const satisfies Partial<Rule>;

/** Rules on them. */
export const ownContainerRules: readonly Rule[] = [
  container({
    id: 'containers/build',
    when: { test: buildsHere },
    ...CONTAINED,
    verb: 'execute-code',
    why: 'It builds an image from the workspace; its steps run in containers of their own.',
    recovery: 'Delete the image.',
    examples: {
      match: [
        'docker build -t app .',
        'docker build -f docker/Dockerfile .',
        'docker compose build api',
      ],
      noMatch: [
        'docker build ../other',
        'docker build --push -t x .',
        'docker build -o out .',
        'docker build --network=host .',
        'docker build --secret id=a .',
        'docker -H tcp://far build .',
        'docker build https://example.org/a.git',
      ],
    },
  }),
  container({
    id: 'containers/switch-services',
    when: { test: switchesServices },
    ...CONTAINED,
    verb: 'modify',
    why: "It stops or starts containers of the workspace's own compose project; their data stays.",
    recovery: '`docker compose start` and `stop` do the opposite.',
    examples: {
      match: ['docker compose stop', 'docker compose restart api', 'docker-compose start db'],
      noMatch: ['docker compose -p other stop', 'docker stop web', 'docker compose down'],
    },
  }),
];

/** A relative path that does not climb, or a name; an address is none. */
const isInside = (path: string) =>
  /^(?!\/|~|github\.com)(?!.*(^|\/)\.\.(\/|$))(?!.*:\/\/)[\w./:-]+$/.test(path);

/** Options of a build that only name, choose or print. */
const BUILD_OPTIONS = new Set(
  words(
    '-t --tag -f --file --build-arg --target --no-cache --pull -q --quiet --progress --platform --label --rm --load',
  ),
);

/** A build of the workspace's own Dockerfile, which publishes nothing and gets no rights over the machine. */
export function buildsHere(call: Call): boolean {
  if (call.mayHaveHiddenOptions || !call.options.every(({ name }) => BUILD_OPTIONS.has(name)))
    return false;
  const values = call.operands.map(({ value }) => value ?? '..');
  const file = call.valueOf('-f', '--file')?.value;
  if (file !== undefined && !isInside(file)) return false;
  const isCompose = call.program.includes('compose') || values[0] === 'compose';
  if (isCompose) return first(call) === 'build';
  const [verb, ...rest] =
    values[0] === 'buildx' || values[0] === 'image' ? values.slice(1) : values;
  // `-t` is read as an option without a value, so the name behind it stands among these words.
  const names = call.options.filter(({ name }) => name === '-t').length;
  return verb === 'build' && rest.length === 1 + names && rest.every(isInside);
}

/** `docker compose stop`: the project is the one of the folder. */
export function switchesServices(call: Call): boolean {
  const isCompose = call.program.includes('compose') || call.operands[0]?.value === 'compose';
  return (
    isCompose &&
    /^(stop|start|restart|pause|unpause)$/.test(first(call)) &&
    !call.mayHaveHiddenOptions &&
    call.options.every(({ name }) => /^(-t|--timeout|--no-deps)$/.test(name))
  );
}
