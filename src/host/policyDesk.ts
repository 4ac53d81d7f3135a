// What a person decided beyond single answers: grants and the lockdown. Together with the settings they make the policy of this window.
// Invariants: grants and lockdown are kept in the editor's storage, never in the workspace; each change of them is an event in the log.
import {
  expiryOf,
  type Grant,
  grantRules,
  grantText,
  isLive,
  parseGrants,
} from '../core/policy/grants.ts';
import { pinnedFiles } from '../core/policy/pinnedFiles.ts';
import type { Policy } from '../core/policy/types.ts';
import type { Fact } from '../core/risk/types.ts';
import { sha256 } from '../core/session/chain.ts';
import type { AuditBody } from '../core/session/events.ts';
import type { AssessorSettings } from '../node/assessor.ts';
import type { GrantChoice, Lockdown } from '../shared/protocol.ts';
import { Emitter } from './emitter.ts';
import type { GateSettings } from './gateSettings.ts';
import type { Disposable } from './panelModel.ts';

/** One kept value. */
export interface Store {
  read(): unknown;
  write(value: unknown): void;
}

export interface PolicyDeskOptions {
  /** What the settings say; the same object as long as nothing has changed. */
  settings(): GateSettings;
  grants: Store;
  lockdown: Store;
  /** It is known whether the agent was stopped. */
  ready(): Promise<void>;
  /** The folder that this window works in; empty where there is none. */
  workspace(): string;
  now(): Date;
  /** The last moment of the person's day. */
  endOfDay(): Date;
  newId(): string;
  report(problem: string): void;
}

/** The settings with the grants in them. */
export interface EffectiveSettings extends GateSettings {
  policySha256: string;
}

/** What an approval that is kept was given for. */
export interface GrantedCommand {
  command: string;
  cwd: string;
  /** What the person saw of it. */
  facts: readonly Fact[];
}

export class PolicyDesk {
  private session = '';
  /** Kept in memory only: they end with the session. */
  private ofSession: Grant[] = [];
  private cached: { key: string; from: GateSettings; settings: EffectiveSettings } | undefined;
  private readonly notes: Emitter<AuditBody>;
  private readonly changes: Emitter<void>;

  constructor(private readonly options: PolicyDeskOptions) {
    const report = (error: unknown) => options.report(String(error));
    this.notes = new Emitter(report);
    this.changes = new Emitter(report);
  }

  /** What has to stand in the log. */
  onNote(listener: (body: AuditBody) => void): Disposable {
    return this.notes.listen(listener);
  }

  onDidChange(listener: () => void): Disposable {
    return this.changes.listen(listener);
  }

  /** Nothing may be lifted before. */
  ready(): Promise<void> {
    return this.options.ready();
  }

  /** What is kept can be read now. */
  refresh(): void {
    this.changes.fire();
  }

  /** A new session: grants of the one before are over. */
  useSession(session: string): void {
    if (session === this.session) return;
    this.session = session;
    this.ofSession = this.ofSession.filter(({ boundTo }) => boundTo === session);
  }

  /** What the gate decides by. The same object as long as nothing has changed. */
  get settings(): EffectiveSettings & AssessorSettings {
    const from = this.options.settings();
    const { session } = this;
    const workspace = this.options.workspace();
    const grants = this.grants;
    const key = JSON.stringify([grants, session, workspace]);
    if (this.cached?.from !== from || this.cached.key !== key) {
      const granted = grantRules(grants, { session, workspace });
      const policy: Policy = { ...from.policy, rules: [...from.policy.rules, ...granted] };
      const settings = { ...from, policy };
      const policySha256 = sha256(JSON.stringify(settings));
      this.cached = { key, from, settings: { ...settings, policySha256 } };
    }
    return this.cached.settings;
  }

  get policy(): Policy {
    return this.settings.policy;
  }

  /** Those that have not ended, oldest first. */
  get grants(): readonly Grant[] {
    const now = this.options.now();
    return [...this.kept, ...this.ofSession].filter((grant) => isLive(grant, now));
  }

  /** Keeps an approval of a command, of where it was and of what it rested on. The caller has made sure that a person gave it. */
  addGrant({ kind, match, upTo, scope, expiry }: GrantChoice, given: GrantedCommand): void {
    const { command: from, cwd, facts } = given;
    if (upTo === 'CRITICAL') throw new Error('Nothing frees CRITICAL.');
    const { options, session } = this;
    const now = options.now();
    const boundTo = { session, workspace: options.workspace(), always: '' }[scope];
    const expires = expiryOf(expiry, now, options.endOfDay());
    const createdAt = now.toISOString();
    const id = options.newId();
    const grant: Grant = {
      ...{ id, kind, match, upTo, scope, boundTo, createdAt, expires, from },
      ...(scope !== 'always' && { folder: cwd }),
      ...(kind === 'exact' && { pinned: pinnedFiles(facts) }),
    };
    if (scope === 'session') this.ofSession.push(grant);
    else this.keep([...this.kept, grant]);
    this.note({ type: 'grant', action: 'add', text: grantText(grant) });
  }

  /** Takes a grant back, at once. */
  revoke(id: string): void {
    const grant = [...this.kept, ...this.ofSession].find((entry) => entry.id === id);
    if (!grant) return;
    this.ofSession = this.ofSession.filter((entry) => entry.id !== id);
    this.keep(this.kept.filter((entry) => entry.id !== id));
    this.note({ type: 'grant', action: 'revoke', text: grantText(grant) });
  }

  /** Set while nothing may run. What cannot be read counts as set. */
  get lockdown(): Lockdown | undefined {
    const value = this.options.lockdown.read();
    if (value === undefined || value === null) return undefined;
    const { since, why } = value as Partial<Lockdown>;
    const isTime = typeof since === 'string' && !Number.isNaN(Date.parse(since));
    return isTime && typeof why === 'string'
      ? { since, why }
      : { since: new Date(0).toISOString(), why: 'When and why is not known.' };
  }

  lockDown(why: string): void {
    if (this.lockdown) return;
    this.options.lockdown.write({ since: this.options.now().toISOString(), why });
    this.note({ type: 'lockdown', on: true, by: 'person', text: why });
  }

  /** The caller has asked a person in a modal. */
  liftLockdown(): void {
    if (!this.lockdown) return;
    this.options.lockdown.write(undefined);
    const text = 'A person lifted the lockdown.';
    this.note({ type: 'lockdown', on: false, by: 'person', text });
  }

  private get kept(): Grant[] {
    return parseGrants(this.options.grants.read());
  }

  private keep(grants: readonly Grant[]): void {
    const now = this.options.now();
    this.options.grants.write(grants.filter((grant) => isLive(grant, now)));
  }

  private note(body: AuditBody): void {
    this.notes.fire(body);
    this.changes.fire();
  }
}
