// What the words of a program say that no rule knows: `acme cluster destroy --yes` deletes, whatever acme is.
// Invariant: words can only make such a call worse, never better; what they do not say stays unknown.
import type { Invocation, Word } from '../shell/types.ts';
import { words } from './words.ts';

/** Verbs that leave no doubt about what happens. */
const DESTROYING = new Set(
  words(`
    delete del destroy drop purge wipe erase terminate truncate nuke obliterate shred uninstall
    unpublish revoke deregister unregister decommission remove rm rmi rmdir rb kill format reformat
    flushall flushdb flush factory-reset dropdb userdel deluser shutdown poweroff force-reset dropall
  `),
);

/**
 * Command-line clients that no rule knows otherwise, but that are known to mean what their words say: a sure verb needs
 * no word beside it. A name that is not here may be a slip of the pen, or a toy.
 */
const PLAIN_SPOKEN = new Set(
  words(`
    databricks kafkactl kcctl patronictl stolonctl tiup tsh machinectl distrobox toolbox bao etcdutl anaconda directus
    medusa edgedb gel stratis puppet bolt kapp kctrl kpt k3sup kwokctl vcluster loft karmadactl subctl linkerd osm dapr
    acorn werf cdktf sceptre pachctl lakectl meltano abctl kestra surreal arango arangosh dolt influx3 kratos hydra
    keto zitadel cloudron pulp aptly reprepro reg bkt gitea forgejo hut fvm melos depot ovftool vim-cmd weka isi
    cephadm mmctl synadm ghost awx
  `),
);

/** Verbs that throw something away in some programs and tidy up in others. */
const DOUBTFUL = new Set(
  words(`
    clean clear cleanup reset prune gc expire forget discard evict empty abandon undo revert rollback
    downgrade overwrite replace restore disable stop halt restart reboot detach leave void invalidate
    teardown down unset archive suspend eject reap sweep trim vacuum expunge repair recreate rotate
  `),
);

/** Words by which a call means it: nobody is asked, or everything is hit. */
const IN_EARNEST =
  /^(-[a-zA-Z]*f[a-zA-Z]*|-y|all|everything|--(force|yes|assume-yes|all|purge|hard|recursive|no-preserve\S*|no-backup|no-?confirm|no-prompt|no-?input|non-interactive|skip-confirmation|auto-approve|permanent(ly)?|really|i-know\S*|yes-i-\S+|everything|delete-data|cascade))(=.*)?$/i;

/** What only shows; a program that is not known may ignore it, so this takes the alarm away, not the question. */
const ONLY_SHOWS = /^(--dry-?run|--dry_run|--what-?if|--simulate|--no-op|--noop|--help|-h|help)$/i;

/** Words that can be the deed: the first few, before anything that looks like a path, a text or an address. */
const DEED_WITHIN = 4;

/** The deed that the words say. */
export interface SpokenDeed {
  word: string;
  /** False where some programs only tidy up by that word. */
  isSure: boolean;
  /** True where a word beside it forces it, hits everything or asks nobody. */
  isInEarnest: boolean;
}

/** What the call says that it destroys; undefined where it says nothing of the kind. */
export function spokenDeed({ argv }: Invocation): SpokenDeed | undefined {
  const given = argv.slice(1);
  if (given.some(({ value }) => ONLY_SHOWS.test(value ?? ''))) return undefined;
  const said = [nameOf(argv[0]), ...deedWords(given)];
  const option = given.map(({ value }) => value ?? '').find(isDestroyingOption);
  const sure = option ?? said.find((word) => says(word, DESTROYING));
  const word = sure ?? said.find((other) => says(other, DOUBTFUL));
  if (word === undefined) return undefined;
  const others = given.map(({ value }) => value ?? '').filter((text) => text !== word);
  return {
    word,
    isSure: sure !== undefined,
    isInEarnest:
      (sure === word && PLAIN_SPOKEN.has(nameOf(argv[0]))) ||
      others.some((text) => IN_EARNEST.test(text)) ||
      /[-_]all$/i.test(word),
  };
}

/** The program's own name without its folder and ending: `wipe-disk.sh`. */
function nameOf(word: Word | undefined): string {
  return (word?.value ?? '').replace(/^.*[/\\]/, '').replace(/\.\w{1,4}$/, '');
}

function deedWords(given: readonly Word[]): string[] {
  const plain = given.map(({ value }) => value ?? '').filter((text) => !text.startsWith('-'));
  const end = plain.findIndex(
    (text) => !/^[A-Za-z][\w:.-]*$/.test(text) || /\.\w{1,4}$/.test(text),
  );
  return plain.slice(0, end < 0 ? DEED_WITHIN : Math.min(end, DEED_WITHIN));
}

/** `--delete`, `--delete-all`; not `--delete-after-days 30` nor `--no-delete`. */
const isDestroyingOption = (text: string) =>
  /^--?(delete|destroy|purge|wipe|erase|drop|truncate|nuke|uninstall|terminate|obliterate)([-_](all|data|everything|db|database|tables?|volumes?|force|now))?$/i.test(
    text,
  );

/** `delete`, `delete-user`, `db:drop`, `deleteUser`, `vm.destroy`; a name such as `undelete` is another word. */
function says(word: string, verbs: ReadonlySet<string>): boolean {
  if (verbs.has(word.toLowerCase())) return true;
  const pieces = word
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_:.]/);
  const [first = ''] = pieces;
  if (/^(no|un|never|dont|pre|post|test|tests|check|list|show)$/.test(first)) return false;
  return verbs.has(first) || verbs.has(pieces.at(-1) ?? '');
}
