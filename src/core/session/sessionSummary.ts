// What a session's log comes to in a few numbers, for lists of sessions.
import type { Decision } from '../gate/types.ts';
import type { Level } from '../risk/types.ts';
import type { AuditEvent } from './events.ts';

export interface SessionSummary {
  /** All that submitted, in order of their first command. */
  agents: readonly string[];
  workspace: string | undefined;
  /** ISO times of the first and the last line. */
  startedAt: string | undefined;
  lastAt: string | undefined;
  commands: number;
  /** By the last assessment of each command. */
  levels: Readonly<Record<Level, number>>;
  held: number;
  approved: number;
  denied: number;
  expired: number;
  withdrawn: number;
  /** Released to run. */
  ran: number;
  /** Of those that ran: ended with another code than 0, or by a signal. */
  failed: number;
  /** What the log says about itself: tampering, lost time, recovery. */
  incidents: number;
  /** By whom it was ended; undefined where it was not. */
  ended: 'window' | 'recovery' | undefined;
}

const INCIDENTS: readonly AuditEvent['type'][] = [
  'tamper',
  'gate.degraded',
  'gate.full',
  'log.recovered',
];

/** Takes events one by one; `summary` may be read at any time. */
export class SummaryFold {
  private readonly agents = new Set<string>();
  private readonly levels = new Map<string, Level>();
  private readonly held = new Set<string>();
  private readonly decided = new Map<Decision['kind'], number>();
  private readonly running = new Set<string>();
  private workspace: string | undefined;
  private startedAt: string | undefined;
  private lastAt: string | undefined;
  private commands = 0;
  private failed = 0;
  private incidents = 0;
  private ended: SessionSummary['ended'];

  add(event: AuditEvent): void {
    this.startedAt ??= event.ts;
    this.lastAt = event.ts;
    if (INCIDENTS.includes(event.type)) this.incidents += 1;
    switch (event.type) {
      case 'session.start':
        this.workspace = event.workspace;
        return;
      case 'session.end':
        this.ended = event.by;
        return;
      case 'submission':
        this.commands += 1;
        this.agents.add(event.submission.agent);
        return;
      case 'assessment':
        this.levels.set(event.submission, event.assessment.level);
        return;
      case 'hold':
        this.held.add(event.submission);
        return;
      case 'decision': {
        const { kind } = event.decision;
        this.decided.set(kind, (this.decided.get(kind) ?? 0) + 1);
        return;
      }
      case 'run':
        this.running.add(event.submission);
        return;
      case 'outcome':
        if (this.running.has(event.submission) && event.outcome.exitCode !== 0) this.failed += 1;
    }
  }

  get summary(): SessionSummary {
    const decided = (kind: Decision['kind']) => this.decided.get(kind) ?? 0;
    const levels = { LOW: 0, MEDIUM: 0, HIGH: 0, CRITICAL: 0 };
    for (const level of this.levels.values()) levels[level] += 1;
    return {
      agents: [...this.agents],
      workspace: this.workspace,
      startedAt: this.startedAt,
      lastAt: this.lastAt,
      commands: this.commands,
      levels,
      held: this.held.size,
      approved: decided('approved'),
      denied: decided('denied'),
      expired: decided('expired'),
      withdrawn: decided('withdrawn'),
      ran: this.running.size,
      failed: this.failed,
      incidents: this.incidents,
      ended: this.ended,
    };
  }
}
