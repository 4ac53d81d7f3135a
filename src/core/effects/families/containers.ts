// Containers: what deletes volumes and images, what breaks out of them, what only lists.
import { READING } from '../readRule.ts';
import { SHOWS_SECRET } from '../secretRule.ts';
import type { Call, Family } from '../types.ts';
import { words } from '../words.ts';
import { container, DOCKER, first, verbs } from './containerRule.ts';
import { buildsHere, ownContainerRules, switchesServices } from './containersOwn.ts';
import { programInContainer } from './insideCalls.ts';

const MOUNTS_ALL =
  /^(\/|\/(etc|root|var|usr|boot|proc|sys|dev)(\/[^:]*)?|\/home|\/Users|~|\$HOME|\/var\/run\/docker\.sock|\/run\/docker\.sock|\/home\/[^/:]+\/?|\/Users\/[^/:]+\/?)(:|$)/;

const breaksOut = (call: Call) =>
  call.options.some(({ name, value }) => name === '--privileged' && value?.value !== 'false') ||
  call.options.some(({ name, value }) => {
    const text = value?.value ?? value?.text ?? '';
    if (name === '-v' || name === '--volume') return MOUNTS_ALL.test(text);
    if (name === '--mount')
      return /(source|src)=(\/|\/var\/run\/docker\.sock|\/etc|\/root|\/home)(,|$)/.test(text);
    if (/^--(pid|net|network|ipc|userns|uts|cgroupns)$/.test(name)) return text === 'host';
    return (
      (name === '--cap-add' && /^(all|sys_admin|sys_ptrace|sys_module)$/i.test(text)) ||
      name === '--device' ||
      (name === '--security-opt' && /unconfined|disable/.test(text))
    );
  });

export const containersFamily: Family = {
  name: 'containers',
  about: 'docker, podman and compose: deleting, breaking out, publishing, and looking.',
  syntax: [
    {
      programs: DOCKER,
      hasVerb: true,
      flags: ['--tls', '--tlsverify', '--compatibility', '--all-resources', '--remote', '-r'],
      abbreviates: false,
      valueOptions: words(
        '--tlscacert --tlscert --tlskey --progress --ansi --parallel --project-directory --storage-driver --root --runroot --url --identity --namespace --address -H --host --context -c --connection --config -l --log-level -f --file -p --project-name --profile --env-file -v --volume --mount --name -e --env -w --workdir -u --user --network --net --pid --ipc --entrypoint --cap-add --device --security-opt --filter --format --label -m --memory --cpus --platform --publish --restart --tag --build-arg --target --cache-from --since --until --tail -n --signal --time --hostname --add-host --uts --userns --cgroupns --gpus --shm-size --scale --timeout',
      ),
    },
  ],
  rules: [
    container({
      id: 'containers/delete-data',
      when: {
        test: (call) =>
          /^(volume (rm|remove|prune))$/.test(verbs(call)) ||
          (/^(system prune)$/.test(verbs(call)) && call.has('--volumes', '-a', '--all')) ||
          (first(call) === 'down' && (call.has('-v', '--volumes') || call.has('--rmi'))) ||
          (first(call) === 'rm' && call.has('-v', '--volumes')) ||
          /^(stack (rm|down)|swarm leave|machine rm|machine reset|system reset|node rm|service rm|secret rm|config rm|pod rm)$/.test(
            verbs(call),
          ),
      },
      severity: 'severe',
      why: 'It deletes volumes, or a whole stack with its data.',
      alternative: 'List what would go first: `docker volume ls`, `docker system df -v`.',
      examples: {
        match: [
          'docker volume prune -f',
          'docker compose down -v',
          'docker system prune -a --volumes',
          'docker-compose down --volumes',
        ],
        noMatch: ['docker compose down', 'docker volume ls'],
      },
    }),
    container({
      id: 'containers/delete',
      when: {
        test: (call) =>
          /^(rm|rmi|prune|kill|purge)$/.test(first(call)) ||
          (/^(service scale|scale)/.test(verbs(call)) &&
            call.operands.some(({ value }) => /=0$/.test(value ?? ''))) ||
          /^(system prune|image (rm|prune|remove)|container prune|builder prune|buildx (prune|rm)|network (rm|prune)|image prune|rm|prune|manifest rm|context rm|plugin rm|pod (kill|prune)|trust revoke|checkpoint (rm|remove)|scout cache|cache prune|model rm)$/.test(
            verbs(call),
          ),
      },
      severity: 'serious',
      reversible: 'effort',
      why: 'It removes containers, images or networks.',
      alternative: 'List them first: `docker ps -a`, `docker images`.',
      examples: {
        match: ['docker rm -f web', 'docker rmi x', 'docker system prune', 'docker image prune -a'],
        noMatch: ['docker ps', 'docker stop web'],
      },
    }),
    container({
      id: 'containers/break-out',
      when: { test: (call) => /^(run|create|exec|up)$/.test(first(call)) && breaksOut(call) },
      verb: 'escalate',
      category: 'data-mutation',
      reversible: 'unknown',
      why: 'The container gets rights over the whole machine.',
      recovery: 'Depends on what runs in it; look at the files of the machine that it could reach.',
      alternative: 'Mount only the folder that is needed.',
      examples: {
        match: [
          'docker run --privileged x',
          'docker run -v /:/host x',
          'docker run -it -v /:/host x',
          'docker run -v /var/run/docker.sock:/s x',
        ],
        noMatch: [
          'docker run -v ./src:/src x',
          'docker run -v /home/dev/project:/app x',
          'docker run --privileged=false x',
        ],
      },
    }),
    container({
      id: 'containers/publish',
      when: {
        test: (call) =>
          /^push$/.test(first(call)) ||
          /^(image push|manifest push|trust sign)$/.test(verbs(call)) ||
          call.has('--push'),
      },
      verb: 'send',
      why: 'It publishes an image for others.',
      recovery: 'Push the image before, under the same tag.',
      reach: 'shared',
      examples: { match: ['docker push x/y:1'], noMatch: ['docker pull x'] },
    }),
    container({
      id: 'containers/change',
      when: {
        test: (call) =>
          /^(run|create|exec|start|stop|restart|pause|unpause|up|down|build|buildx|pull|cp|commit|tag|rename|update|login|logout|load|save|import|export|attach|wait|network|volume|context|swarm|service|stack|node|secret|config|plugin|machine|init|scale|watch|deploy|bake|builder|compose|from|copy|add|mount|umount|unshare|generate|play|kube|checkpoint|trust|pod|manifest)$/.test(
            first(call),
          ) &&
          !isRead(call) &&
          programInContainer(call) === undefined &&
          !buildsHere(call) &&
          !switchesServices(call) &&
          !/\b(prune|rm|remove|rmi|leave)\b/.test(verbs(call)) &&
          first(call) !== 'push',
      },
      verb: 'modify',
      severity: 'moderate',
      reversible: 'effort',
      why: 'It starts, stops, builds or changes containers: `{target}`.',
      recovery: 'Start, stop or build them again.',
      alternative: '`docker ps` shows what runs now.',
      examples: {
        match: [
          'docker run -it x',
          'docker compose up -d',
          'docker build ../other',
          'docker stop web',
          'docker compose down',
        ],
        noMatch: ['docker ps', 'docker compose ps', 'docker volume rm x'],
      },
    }),
    ...ownContainerRules,
    container({
      id: 'containers/exec',
      programs: words('docker podman nerdctl docker-compose podman-compose'),
      when: { test: (call) => programInContainer(call) !== undefined },
      ...READING,
      target: 'none',
      why: 'It starts a program in a container that runs; what that does is judged by itself.',
      examples: {
        match: ['docker exec web ls /app', 'docker compose -p x exec -T api pytest'],
        noMatch: [
          'docker exec --privileged web ls',
          'docker exec -e A=b web ls',
          'docker -H tcp://far exec web ls',
          'docker exec $X ls',
          'docker exec web $X',
          'docker run web ls',
        ],
      },
    }),
    container({
      id: 'containers/secret',
      when: { test: (call) => isRead(call) && showsEnvironment(call) },
      ...SHOWS_SECRET,
      why: 'It prints the variables of a container, which often hold secrets.',
      examples: {
        match: [
          "docker inspect -f '{{.Config.Env}}' db",
          "docker inspect --format='{{json .Config}}' db",
        ],
        noMatch: ["docker inspect -f '{{.State.Status}}' db", 'docker ps'],
      },
    }),
    container({
      id: 'containers/read',
      when: { test: (call) => isRead(call) && !showsEnvironment(call) },
      ...READING,
      why: 'It only lists or shows.',
      examples: {
        match: [
          'docker ps -a',
          'docker compose logs web',
          'docker images',
          'docker volume ls',
          'docker inspect x',
        ],
        noMatch: ['docker rm x', 'docker compose up'],
      },
    }),
  ],
};

/** A template that picks out the settings of a container with their variables. */
const showsEnvironment = (call: Call) =>
  /\.Env\b|\.Config\s*\}\}|\bjson \.\s*\}\}/.test(call.valueOf('-f', '--format')?.value ?? '');

function isRead(call: Call): boolean {
  // `compose config -o FILE` writes; another folder of settings can name programs.
  if (call.has('-o', '--output', '--config')) return false;
  if (
    /^(ps|images|containers|logs|inspect|version|info|top|stats|events|port|diff|history|search|ls|list|df|help)$/.test(
      first(call),
    )
  )
    return true;
  return (
    /^(\w+ (ls|list|inspect|ps|history|df|info|show|logs|version|tree|config)|compose version|context show)$/.test(
      verbs(call),
    ) ||
    (first(call) === 'config' && call.operands.some((word) => word.value === 'compose')) ||
    (call.program.includes('compose') && first(call) === 'config')
  );
}
