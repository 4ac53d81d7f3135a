// I2: an approval holds only for what was shown.
import assert from 'node:assert/strict';
import { assessmentChange } from '../../../../src/core/session/assessmentChange.ts';
import type { RecordedAssessment } from '../../../../src/core/session/events.ts';

const shown: RecordedAssessment = {
  score: 60,
  level: 'HIGH',
  category: 'data-mutation',
  blastRadius: 'Severe',
  headline: 'It deletes notes.',
  understood: true,
  notUnderstood: [],
  questions: {
    reversible: { answer: 'no', why: 'x' },
    needsPerson: { answer: 'yes', why: 'x' },
    sharedState: { answer: 'no', why: 'x' },
  },
  effects: [
    {
      rule: 'files/delete',
      verb: 'delete',
      category: 'data-mutation',
      severity: 'serious',
      reversible: 'no',
      reach: 'workspace',
      target: { kind: 'path', name: 'notes', path: '/w/notes' },
      invocation: 0,
      span: { start: 0, end: 8 },
      reason: 'It deletes notes.',
      recovery: 'none',
    },
  ],
  facts: [{ id: 'files.count', effect: 0, value: 2, text: '2 files.', how: 'looked' }],
  parts: [],
  invocations: [
    { argv: ['rm', 'notes'], span: { start: 0, end: 8 }, nesting: [], isTransparent: false },
  ],
};

describe('I2 What runs is what was decided', () => {
  it('the same – no change', () => {
    assert.equal(assessmentChange(shown, structuredClone(shown)), undefined);
  });

  it('other words only – no change', () => {
    const after = {
      ...shown,
      headline: 'y',
      parts: [{ id: 'a', points: 1, reason: '', effect: 0 }],
    };
    assert.equal(assessmentChange(shown, after), undefined);
  });

  const [effect] = shown.effects;
  const [fact] = shown.facts;
  assert.ok(effect && fact);
  const changes: [name: string, change: Partial<RecordedAssessment>, says: RegExp][] = [
    ['score', { score: 61 }, /HIGH 60 .* HIGH 61/],
    ['level', { level: 'CRITICAL', score: 90 }, /CRITICAL 90/],
    ['a fact’s value', { facts: [{ ...fact, value: 3, text: '3 files.' }] }, /3 files/],
    ['one more fact', { facts: [fact, { ...fact, id: 'files.bytes', text: 'New.' }] }, /New\./],
    ['one fact less', { facts: [] }, /2 files.*any more/],
    ['a target', { effects: [{ ...effect, target: { kind: 'path', name: '/' } }] }, /would do/],
    ['one more effect', { effects: [effect, { ...effect, rule: 'files/shred' }] }, /would do/],
    ['a program', { invocations: [] }, /would do/],
    [
      'text not understood',
      { notUnderstood: [{ span: effect.span, code: 'x', why: 'y' }] },
      /would do/,
    ],
    [
      'an answer to a question',
      { questions: { ...shown.questions, sharedState: { answer: 'yes', why: 'x' } } },
      /would do/,
    ],
  ];
  for (const [name, change, says] of changes) {
    it(`${name} differs – is said`, () => {
      assert.match(assessmentChange(shown, { ...shown, ...change }) ?? '', says);
    });
  }
});
