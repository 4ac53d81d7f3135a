// Rules against the commands of this session: what a grant or a rule would have let run.
// Invariant: nothing is run and nothing of the machine is looked at; a level that facts raised when the command came stays raised.

import type { GrantPattern } from '../core/policy/grants.ts';
import {
  grantOverPast,
  type PastEffect,
  type PastLine,
  reportOn,
  ruleOverPast,
} from '../core/policy/ruleReport.ts';
import type { Policy } from '../core/policy/types.ts';
import type { Assessment } from '../core/risk/types.ts';
import { rankOf } from '../core/risk/weights.ts';
import type { AuditEvent, RecordedAssessment } from '../core/session/events.ts';
import type { Assessor } from '../node/assessor.ts';
import type { RuleReport } from './ruleReportText.ts';

/** How far back it looks. */
const MOST_PAST = 200;

export class RuleTester {
  constructor(
    private readonly assessor: Assessor,
    private readonly events: () => readonly AuditEvent[],
  ) {}

  /** What one more grant would have let run. */
  async grant(grant: GrantPattern, policy: Policy): Promise<PastEffect> {
    return grantOverPast(grant, await this.pastLines(), policy);
  }

  /** What the rules say to a line, and what they did to the session so far. */
  async report(command: string, cwd: string, policy: Policy): Promise<RuleReport> {
    const { assessment, context } = await this.assessor.assess(command, { cwd, agent: undefined });
    const past = await this.pastLines();
    const { ruling, findings } = reportOn({ assessment, context }, policy);
    const withPast = findings.map((finding) => ({
      ...finding,
      past: ruleOverPast(finding.rule, past, policy),
    }));
    return { assessment, ruling, findings: withPast };
  }

  /** The last commands of the session, oldest first. */
  private async pastLines(): Promise<PastLine[]> {
    const events = this.events();
    const recorded = new Map<string, RecordedAssessment>();
    for (const event of events)
      if (event.type === 'assessment') recorded.set(event.submission, event.assessment);
    const submissions = events.flatMap((event) =>
      event.type === 'submission' ? [event.submission] : [],
    );
    const lines: PastLine[] = [];
    for (const { id, command, cwd, agent } of submissions.slice(-MOST_PAST)) {
      const request = { cwd, agent, withFacts: false };
      const { assessment, context } = await this.assessor.assess(command, request);
      lines.push({ assessment: atLeast(assessment, recorded.get(id)), context });
    }
    return lines;
  }
}

/** The score that the facts of then gave it, where that was higher. */
function atLeast(assessment: Assessment, then: RecordedAssessment | undefined): Assessment {
  if (!then || rankOf(then.level) <= rankOf(assessment.level)) return assessment;
  const { effectScores } = assessment;
  const worst = effectScores.indexOf(Math.max(...effectScores));
  return {
    ...assessment,
    level: then.level,
    score: then.score,
    effectScores: effectScores.map((score, index) => (index === worst ? then.score : score)),
  };
}
