// Holds and sessions for the panel's tests, made by the real analyser.
import { createHash } from 'node:crypto';
import type { Fact } from '../../src/core/risk/types.ts';
import type { AuditBody, AuditEvent } from '../../src/core/session/events.ts';
import { recordAssessment } from '../../src/core/session/recordAssessment.ts';
import { logEvent } from '../../src/shared/logEvent.ts';
import type { GateStatus, HeldItem, ToPanel } from '../../src/shared/protocol.ts';
import { createTester, type Tester } from '../helpers/analysis.ts';

export type Snapshot = Extract<ToPanel, { type: 'snapshot' }>;

let tester: Tester | undefined;

export async function prepare(): Promise<void> {
  tester ??= await createTester();
}

function judged(command: string, facts: readonly Fact[] = []) {
  if (!tester) throw new Error('prepare() first');
  return tester.judge(command, { facts });
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function held(id: string, command: string, more: Partial<HeldItem> = {}): HeldItem {
  const { assessment, ruling } = judged(command, more.assessment?.facts);
  const { level, score } = assessment;
  const now = Date.now();
  return {
    id,
    token: `token-${id}`,
    command,
    sha256: sha256(command),
    agent: 'sample-agent',
    cwd: '/home/dev/app',
    intent: undefined,
    level,
    score,
    heldAt: new Date(now).toISOString(),
    expiresAt: new Date(now + 60_000).toISOString(),
    because: ruling.because.map(({ text }) => text),
    offers: [],
    canEdit: true,
    hasSecrets: false,
    confirmWord: undefined,
    ...more,
    assessment: recordAssessment(assessment),
  };
}

export const status: GateStatus = {
  degraded: undefined,
  observe: false,
  lockdown: undefined,
  session: '120000-abcd',
  logFolder: '/home/dev/app/.interlock/sessions/120000-abcd',
  actions: ['openLog', 'openSettings', 'stopAgent'],
};

export function snapshot(more: Partial<Snapshot> = {}): Snapshot {
  return {
    v: 1,
    type: 'snapshot',
    revision: 1,
    held: [],
    events: [],
    earlier: 0,
    status,
    summary: undefined,
    ...more,
  };
}

/** Builds a session event by event. */
export class Session {
  readonly events: AuditEvent[] = [];

  add(body: AuditBody): AuditEvent {
    const seq = this.events.length;
    const ts = new Date(Date.UTC(2026, 5, 1, 12, 0, seq)).toISOString();
    const event = { v: 1, seq, ts, mono: seq * 1000, sid: 's1', ...body } as AuditEvent;
    this.events.push(event);
    return event;
  }

  /** A command up to its assessment. */
  submit(id: string, command: string): void {
    const { assessment, ruling } = judged(command);
    this.add({
      type: 'submission',
      commandSha256: sha256(command),
      submission: {
        id,
        session: 's1',
        command,
        cwd: '/home/dev/app',
        agent: 'sample-agent',
        intent: undefined,
        via: 'test',
        environment: {},
        submittedAt: '2026-06-01T12:00:00.000Z',
      },
    });
    this.add({
      type: 'assessment',
      submission: id,
      assessment: recordAssessment(assessment),
      ruling,
    });
  }

  run(id: string, command: string, exitCode: number | undefined = undefined): void {
    this.add({
      type: 'run',
      submission: id,
      commandSha256: sha256(command),
      cwd: '/home/dev/app',
      shell: ['bash'],
    });
    if (exitCode === undefined) return;
    const outcome = { exitCode, signal: undefined, durationMs: 1240, outputBytes: 5120 };
    this.add({ type: 'outcome', submission: id, outcome });
  }

  decide(id: string, kind: 'approved' | 'denied' | 'expired', message?: string): void {
    this.add({ type: 'hold', submission: id });
    this.add({
      type: 'decision',
      submission: id,
      shownSha256: undefined,
      decision: {
        kind,
        by: kind === 'expired' ? 'timeout' : 'person',
        where: kind === 'expired' ? undefined : 'panel',
        message,
        waitedMs: kind === 'expired' ? 60_000 : 4200,
      },
    });
  }

  snapshot(more: Partial<Snapshot> = {}): Snapshot {
    return snapshot({ events: this.events.map(logEvent), ...more });
  }
}

/** A session as people have them: reads that flow, a few questions, all ways in which they end. */
export function sampleSession(): Session {
  const session = new Session();
  const ran = (id: string, command: string, exitCode: number) => {
    session.submit(id, command);
    session.run(id, command, exitCode);
  };
  session.add({
    type: 'session.start',
    agent: 'sample-agent',
    workspace: '/home/dev/app',
    interlock: '0.1.0',
    host: 'test',
    pid: 1,
    dial: 'readOnly',
    policySha256: '',
    nonce: '',
    publicKey: '',
    machine: '',
  });
  ran('c1', 'git status', 0);
  ran('c2', 'cat src/server.ts package.json', 0);
  ran('c3', 'npm test', 1);
  session.submit('c4', 'git push --force origin main');
  session.decide('c4', 'denied', 'Open a pull request instead.');
  session.submit('c5', 'npm install left-pad');
  session.decide('c5', 'approved');
  session.run('c5', 'npm install left-pad', 0);
  session.submit('c6', 'psql "$DATABASE_URL" -c "DELETE FROM orders"');
  session.decide('c6', 'expired');
  ran('c7', 'ls -la', 0);
  session.submit('c8', 'terraform destroy -auto-approve');
  session.add({ type: 'hold', submission: 'c8' });
  return session;
}

/** What the view of decisions shows of somebody who approves a lot. */
export const decisionSummary = {
  answers: 40,
  approvalRate: 0.95,
  medianDecisionMs: 1800,
  fastHigh: 3,
  advice: ['You approve almost everything within two seconds.'],
  suggestions: [{ id: 's1', command: 'npm run lint', text: 'You approved it 5 times.' }],
  widened: ['`npm run *` became `npm **`.'],
};
