// Keeps lockdowns in two places: the editor's storage, and its secret storage, where nothing else can write what is read.
// Invariant (I9): what either place holds is locked, and only lifting it takes it out of both. Where the secret one is
// missing, broken or an older one again, nothing runs until a person lifts that.
import { Emitter } from './emitter.ts';
import { textOf } from './errors.ts';
import type { Disposable } from './panelModel.ts';
import type { Store } from './policyDesk.ts';
import { type Secrets, withLimit } from './signingKeyStore.ts';

export interface LockdownKeeperOptions {
  secrets: Secrets;
  /** The one in the editor's storage; all that there is where the secret storage cannot be used. */
  copy: Store;
  /** The key of this machine. One that is kept has always had a state of the lockdowns beside it. */
  key(): Promise<{ readonly isKept: boolean }>;
  now(): Date;
  /** One sentence for the log and for a person. */
  onTampered(text: string): void;
  report(problem: string): void;
}

interface State {
  v: 1;
  /** When it was written, in milliseconds; always after the one that it replaces. */
  at: number;
  entries: readonly unknown[];
}

const NAME = 'interlock.lockdowns';
const LIMIT_MS = 30_000;
/** Two windows may write at the same time: one of them then reads what is a little older than its own. */
const AT_ONCE_MS = 60_000;

const TAMPERED =
  'Whether the agent was stopped is not kept as Interlock left it: something else may have taken it away or put it back.';
const UNREADABLE = "Whether the agent was stopped cannot be read from the editor's secret storage.";

export class LockdownKeeper implements Store {
  private state: State | undefined;
  private loading: Promise<void> | undefined;
  private hasLoaded = false;
  /** Own writes that are not done. */
  private writing = 0;
  /** A lockdown of every folder: what should be kept was not there. */
  private fault: { since: string; why: string } | undefined;
  private readonly changes: Emitter<void>;

  constructor(private readonly options: LockdownKeeperOptions) {
    this.changes = new Emitter((error) => options.report(textOf(error)));
  }

  onDidChange(listener: () => void): Disposable {
    return this.changes.listen(listener);
  }

  /** It is known what is kept. Nothing may run, and nothing can be lifted, before that. Never rejects. */
  ready(): Promise<void> {
    this.loading ??= this.load();
    return this.loading;
  }

  /** Makes the first state of a machine. Comes before its key is kept, so that no kept key is without one. */
  async begin(): Promise<void> {
    const { secrets } = this.options;
    if ((await secrets.get(NAME)) !== undefined) return;
    await secrets.store(NAME, JSON.stringify(this.stateOf(this.copied())));
  }

  /** A secret was written, by this window, another one or something else. */
  async changed(name: string): Promise<void> {
    if (name === NAME && this.hasLoaded && this.writing === 0) await this.look();
  }

  read(): readonly unknown[] {
    const { state, fault } = this;
    return distinct([...this.copied(), ...(state?.entries ?? []), ...(fault ? [fault] : [])]);
  }

  write(value: unknown): void {
    const entries = asList(value);
    this.fault = undefined;
    this.options.copy.write(entries);
    this.put(entries);
  }

  private async load(): Promise<void> {
    // Where it cannot be used, that was said when the key was asked for.
    if ((await this.options.key()).isKept) await this.look();
    this.changes.fire();
  }

  private async look(): Promise<void> {
    try {
      const raw = await withLimit(Promise.resolve(this.options.secrets.get(NAME)), LIMIT_MS);
      if (this.writing === 0) this.take(readState(raw));
    } catch (error) {
      this.options.report(`${UNREADABLE} ${textOf(error)}`);
      this.lock(UNREADABLE);
    }
    this.hasLoaded = true;
    this.changes.fire();
  }

  private take(read: State | undefined): void {
    const { state } = this;
    if (!read) this.tampered();
    else if (!state || read.at > state.at) this.state = read;
    else if (JSON.stringify(read) !== JSON.stringify(state)) this.merge(state, read);
  }

  private merge(state: State, read: State): void {
    // Neither is lost: not what was stopped here in the meantime, not what another window wrote.
    this.put(distinct([...state.entries, ...read.entries]));
    if (this.hasLoaded && read.at < state.at - AT_ONCE_MS) this.tampered();
  }

  private tampered(): void {
    if (this.fault) return;
    this.lock(TAMPERED);
    this.options.onTampered(`${TAMPERED} Nothing runs until you lift the lockdown.`);
  }

  private lock(why: string): void {
    this.fault ??= { since: this.options.now().toISOString(), why };
  }

  private put(entries: readonly unknown[]): void {
    this.state = this.stateOf(entries);
    this.writing += 1;
    void this.keep(JSON.stringify(this.state));
  }

  private async keep(text: string): Promise<void> {
    const isKept = await this.store(text);
    this.writing -= 1;
    // What could not be written is not looked for.
    if (isKept && this.writing === 0 && this.hasLoaded) await this.look();
  }

  private async store(text: string): Promise<boolean> {
    const { secrets, key, report } = this.options;
    try {
      if (!(await key()).isKept) return false;
      await secrets.store(NAME, text);
      return true;
    } catch (error) {
      report(`Whether the agent is stopped could not be kept: ${textOf(error)}`);
      return false;
    }
  }

  private stateOf(entries: readonly unknown[]): State {
    const now = this.options.now().getTime();
    return { v: 1, at: Math.max(now, (this.state?.at ?? 0) + 1), entries };
  }

  private copied(): readonly unknown[] {
    return asList(this.options.copy.read());
  }
}

/** What is no list counts as one lockdown, whatever it is. */
function asList(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function distinct(entries: readonly unknown[]): readonly unknown[] {
  return [...new Map(entries.map((entry) => [JSON.stringify(entry), entry])).values()];
}

/** Undefined where it is none, also where there is nothing. */
function readState(raw: string | undefined): State | undefined {
  try {
    const { v, at, entries } = JSON.parse(raw ?? '') as Partial<State>;
    return v === 1 && Number.isFinite(at) && Array.isArray(entries)
      ? { v, at: Number(at), entries }
      : undefined;
  } catch {
    return undefined;
  }
}
