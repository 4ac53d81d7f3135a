// Programs that are started in a container or a pod: docker, podman, nerdctl, kubectl.
import type { Place, Word } from '../types.ts';
import { argvPart, NOTHING, opaque, step } from './build.ts';
import { type OptionTable, optionValue, readOptions } from './optionReader.ts';
import type { Unwrapped } from './types.ts';

const DOCKER_GLOBAL: OptionTable = {
  flags: 'Dv',
  values: 'Hcl',
  isOpen: true,
  longValues: [
    '--host',
    '--context',
    '--config',
    '--log-level',
    '--tlscacert',
    '--tlscert',
    '--tlskey',
    '--file',
    '--project-name',
    '--profile',
    '--env-file',
    '--project-directory',
    '--namespace',
    '--url',
    '--connection',
    '--root',
    '--runroot',
  ],
};

const DOCKER_RUN: OptionTable = {
  flags: 'dtiPqT',
  values: 'aceDhlmpuvwf',
  isOpen: true,
  longValues: [
    '--add-host',
    '--annotation',
    '--attach',
    '--blkio-weight',
    '--cap-add',
    '--cap-drop',
    '--cgroup-parent',
    '--cgroupns',
    '--cidfile',
    '--cpu-period',
    '--cpu-quota',
    '--cpu-shares',
    '--cpus',
    '--cpuset-cpus',
    '--cpuset-mems',
    '--detach-keys',
    '--device',
    '--dns',
    '--dns-search',
    '--domainname',
    '--entrypoint',
    '--env',
    '--env-file',
    '--expose',
    '--gpus',
    '--group-add',
    '--health-cmd',
    '--health-interval',
    '--health-retries',
    '--hostname',
    '--index',
    '--ip',
    '--ip6',
    '--ipc',
    '--isolation',
    '--label',
    '--label-file',
    '--link',
    '--log-driver',
    '--log-opt',
    '--mac-address',
    '--memory',
    '--memory-swap',
    '--mount',
    '--name',
    '--network',
    '--net',
    '--network-alias',
    '--pid',
    '--pids-limit',
    '--platform',
    '--publish',
    '--pull',
    '--restart',
    '--runtime',
    '--security-opt',
    '--shm-size',
    '--stop-signal',
    '--stop-timeout',
    '--storage-opt',
    '--sysctl',
    '--tmpfs',
    '--ulimit',
    '--user',
    '--userns',
    '--uts',
    '--volume',
    '--volume-driver',
    '--volumes-from',
    '--workdir',
  ],
};

/** `docker run|exec IMAGE WORDS`, also of compose, podman and nerdctl. */
export function unwrapContainer(program: string, argv: readonly Word[]): Unwrapped {
  const first = argv[0] as Word;
  let read = readOptions(argv.slice(1), DOCKER_GLOBAL, program);
  let verb = read.rest[0]?.value ?? '';
  while (/^(container|compose)$/.test(verb)) {
    read = readOptions(read.rest.slice(1), DOCKER_GLOBAL, program);
    verb = read.rest[0]?.value ?? '';
  }
  if (verb !== 'run' && verb !== 'exec') return NOTHING;
  const inner = readOptions(read.rest.slice(1), DOCKER_RUN, `${program} ${verb}`);
  const [image, ...words] = inner.rest;
  const entry = optionValue(inner, '--entrypoint');
  const all = entry && entry.value !== '' ? [entry, ...words] : words;
  if (!image || all.length === 0) return NOTHING;
  const place: Place = { kind: 'container', via: program, name: image.value };
  return opaque([
    argvPart(all, step(`${program} ${verb}`, 'wrapper', first), { place, elevated: false }),
  ]);
}

const KUBECTL: OptionTable = {
  values: 'ncflpov',
  flags: 'itqAwR',
  isOpen: true,
  longValues: [
    '--namespace',
    '--container',
    '--context',
    '--kubeconfig',
    '--cluster',
    '--user',
    '--image',
    '--server',
    '--token',
    '--filename',
    '--target',
    '--pod-running-timeout',
    '--overrides',
    '--restart',
    '--env',
    '--labels',
    '--profile',
    '--as',
    '--as-group',
    '--as-uid',
    '--cache-dir',
    '--certificate-authority',
    '--client-certificate',
    '--client-key',
    '--request-timeout',
    '--tls-server-name',
    '--username',
    '--password',
  ],
};

/** `kubectl exec POD -- WORDS`, also run and debug. */
export function unwrapKubectl(program: string, argv: readonly Word[]): Unwrapped {
  const first = argv[0] as Word;
  const read = readOptions(argv.slice(1), KUBECTL, program);
  const verb = read.rest[0]?.value ?? '';
  if (!/^(exec|run|debug|rsh)$/.test(verb)) return NOTHING;
  const dashes = argv.findIndex((word) => word.value === '--');
  const behind =
    dashes >= 0 ? argv.slice(dashes + 1) : operandsOf(read.rest.slice(1), program).slice(1);
  if (behind.length === 0) return NOTHING;
  const place: Place = { kind: 'container', via: program, name: undefined };
  return opaque([
    argvPart(behind, step(`${program} ${verb}`, 'wrapper', first), { place, elevated: false }),
  ]);
}

function operandsOf(words: readonly Word[], program: string): readonly Word[] {
  const read = readOptions(words, KUBECTL, program);
  const [pod, ...rest] = read.rest;
  return pod ? [pod, ...readOptions(rest, KUBECTL, program).rest] : [];
}
