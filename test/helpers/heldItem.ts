// A held command for tests of what shows it; every field can be replaced.
import type { HeldItem } from '../../src/shared/protocol.ts';

export function testHeldItem(changes: Partial<HeldItem> = {}): HeldItem {
  const answer = { answer: 'no', why: 'A shell has no bin.' } as const;
  return {
    id: 's1',
    token: 't1',
    command: 'rm work.txt',
    sha256: 'abc',
    hasSecrets: false,
    agent: 'tester',
    cwd: '/w',
    intent: undefined,
    level: 'HIGH',
    score: 61,
    heldAt: '2026-06-01T12:00:00.000Z',
    expiresAt: undefined,
    because: ['No rule allows it.'],
    confirmWord: undefined,
    offers: [],
    canEdit: true,
    assessment: {
      score: 61,
      level: 'HIGH',
      category: 'data-mutation',
      blastRadius: 'Severe',
      headline: 'It deletes work.txt.',
      understood: true,
      notUnderstood: [],
      questions: { reversible: answer, needsPerson: answer, sharedState: answer },
      effects: [],
      facts: [],
      parts: [],
      invocations: [],
    },
    ...changes,
  };
}
