// Every id, setting and default that package.json declares, in one place. No logic.
// Invariant: equal to package.json; test/unit/contributions.test.ts compares them.
import type { Dial } from './core/policy/types.ts';

export const EXTENSION_NAME = 'interlock';

export const commandIds = {
  /** For other extensions: runs a command behind the gate and returns what became of it. */
  runCommand: 'interlock.runCommand',
  showHeld: 'interlock.showHeld',
  approve: 'interlock.approve',
  deny: 'interlock.deny',
  approveNext: 'interlock.approveNext',
  denyNext: 'interlock.denyNext',
  stopAgent: 'interlock.stopAgent',
  liftLockdown: 'interlock.liftLockdown',
  testRules: 'interlock.testRules',
  listGrants: 'interlock.listGrants',
  exportGrants: 'interlock.exportGrants',
  reviewSettings: 'interlock.reviewSettings',
  openWalkthrough: 'interlock.openWalkthrough',
  openLog: 'interlock.openLog',
  openSettings: 'interlock.openSettings',
  replaySession: 'interlock.replaySession',
  verifyLogs: 'interlock.verifyLogs',
  deleteSession: 'interlock.deleteSession',
  setExportToken: 'interlock.setExportToken',
} as const;

export const viewIds = { container: 'interlock', sessionLog: 'interlock.sessionLog' } as const;

/** Made by the editor for every view. */
export const focusSessionLog = `${viewIds.sessionLog}.focus`;

export const contextKeys = {
  /** Number of commands that wait for a person. */
  heldCount: 'interlock.heldCount',
  /** True where the shell grammar could not be loaded, so every command asks. */
  degraded: 'interlock.degraded',
  /** True after *Stop Agent*, until a person lifts it. */
  isLocked: 'interlock.isLocked',
  isObserving: 'interlock.isObserving',
  /** Number of changes of the settings that wait for a person. */
  waitingSettings: 'interlock.waitingSettings',
  /** True once a person was asked something; setting it tells when a question stands in the window. */
  asked: 'interlock.asked',
} as const;

export const taskType = 'interlock';

export const toolName = 'interlock_run_command';

export interface Setting<T> {
  key: string;
  /** `application`: the user's own settings only, because it can loosen the gate. `resource`: a workspace may set it, because it can only tighten. */
  scope: 'application' | 'resource';
  initial: T;
}

export const settings = {
  autoApprove: {
    key: 'interlock.autoApprove',
    scope: 'application',
    initial: 'readOnly',
  } as Setting<Dial>,
  rules: { key: 'interlock.rules', scope: 'application', initial: [] } as Setting<unknown>,
  protectedPaths: {
    key: 'interlock.protectedPaths',
    scope: 'application',
    initial: [],
  } as Setting<unknown>,
  disposablePaths: {
    key: 'interlock.disposablePaths',
    scope: 'application',
    initial: [],
  } as Setting<unknown>,
  protectedBranches: {
    key: 'interlock.protectedBranches',
    scope: 'application',
    initial: [],
  } as Setting<unknown>,
  production: {
    key: 'interlock.production',
    scope: 'application',
    initial: [],
  } as Setting<unknown>,
  timeoutSeconds: {
    key: 'interlock.approval.timeoutSeconds',
    scope: 'application',
    initial: 60,
  } as Setting<number>,
  retentionDays: {
    key: 'interlock.retention.days',
    scope: 'application',
    initial: 0,
  } as Setting<number>,
  retentionMegabytes: {
    key: 'interlock.retention.megabytes',
    scope: 'application',
    initial: 0,
  } as Setting<number>,
  otlpEndpoint: {
    key: 'interlock.otlp.endpoint',
    scope: 'application',
    initial: '',
  } as Setting<string>,
  recordingOnFailure: {
    key: 'interlock.recording.onFailure',
    scope: 'application',
    initial: 'deny',
  } as Setting<'deny' | 'warn'>,
  recordingMegabytes: {
    key: 'interlock.recording.megabytesPerCommand',
    scope: 'application',
    initial: 16,
  } as Setting<number>,
  observe: {
    key: 'interlock.observe',
    scope: 'application',
    initial: false,
  } as Setting<boolean>,
  workspaceRules: {
    key: 'interlock.workspaceRules',
    scope: 'resource',
    initial: [],
  } as Setting<unknown>,
} as const;
