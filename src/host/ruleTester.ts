// Rules against the commands of this session: what a grant or a rule would have let run.
// Invariant: nothing is run and nothing of the machine is looked at: what the facts said when a command came stands in the log.

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
    const assessed = await this.assessor.assess(command, { cwd, agent: undefined });
    const { assessment, context, policySha256 } = assessed;
    const past = await this.pastLines();
    const { ruling, findings } = reportOn({ assessment, context }, policy);
    const withPast = findings.map((finding) => ({
      ...finding,
      past: ruleOverPast(finding.rule, past, policy),
    }));
    return { assessment, ruling, findings: withPast, policySha256 };
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
      lines.push({ assessment: asThen(assessment, recorded.get(id)), context });
    }
    return lines;
  }
}

/** As the facts of then made it: they raise and lower what the text alone says. */
function asThen(assessment: Assessment, then: RecordedAssessment | undefined): Assessment {
  if (!then || then.effects.length !== assessment.effects.length) return assessment;
  const scores = assessment.effectScores.map((score) => Math.min(score, then.score));
  const worst = scores.indexOf(Math.max(...scores));
  return {
    ...assessment,
    level: then.level,
    score: then.score,
    effects: then.effects,
    effectScores: scores.map((score, index) => (index === worst ? then.score : score)),
  };
}
