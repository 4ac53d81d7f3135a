// The three questions of the reversibility principle, answered for a whole line with the reason of each answer.
// Invariant: what is not understood or not known is never answered with the comfortable answer.
import type { Effect } from '../effects/types.ts';
import type { NotUnderstood } from '../shell/types.ts';
import type { Answer, Level, Questions } from './types.ts';

/** Answers from the effects that change something; `worst` is the effect that decided the score. */
export function answerQuestions(
  effects: readonly Effect[],
  notUnderstood: readonly NotUnderstood[],
  level: Level,
): Questions {
  const changing = effects.filter((effect) => effect.severity !== 'none');
  const unclear = notUnderstood[0];
  const reversible = isReversible(changing, unclear);
  return {
    reversible,
    needsPerson: needsPerson(reversible, level),
    sharedState: reachesShared(changing, unclear),
  };
}

/** The short answer for a person. */
export function answerWord({ answer, isHard }: Answer): string {
  if (answer === 'yes' && isHard) return 'only with effort';
  return answer === 'unknown' ? 'not known' : answer;
}

function isReversible(changing: readonly Effect[], unclear: NotUnderstood | undefined): Answer {
  const lost = changing.find((effect) => effect.reversible === 'no');
  if (lost) return { answer: 'no', why: sentence(lost.reason, lost.recovery) };
  if (unclear) return { answer: 'unknown', why: unclear.why };
  const open = changing.find((effect) => effect.reversible === 'unknown');
  if (open) return { answer: 'unknown', why: sentence(open.reason, open.recovery) };
  const effort = changing.find((effect) => effect.reversible === 'effort');
  if (effort) return { answer: 'yes', isHard: true, why: `With some work: ${effort.recovery}` };
  const [first] = changing;
  return { answer: 'yes', why: first ? first.recovery : 'It only reads; nothing is to be undone.' };
}

function needsPerson(reversible: Answer, level: Level): Answer {
  if (reversible.answer === 'no')
    return { answer: 'yes', why: 'It cannot be taken back, so a person decides.' };
  if (level === 'HIGH' || level === 'CRITICAL')
    return { answer: 'yes', why: `Its level is ${level}, so a person decides.` };
  if (reversible.answer === 'unknown')
    return { answer: 'yes', why: 'Whether it can be taken back is not known.' };
  return { answer: 'no', why: 'It can be taken back; rules may let it run.' };
}

function reachesShared(changing: readonly Effect[], unclear: NotUnderstood | undefined): Answer {
  const shared = changing.find((effect) => effect.reach === 'shared');
  if (shared) return { answer: 'yes', why: shared.reason };
  if (unclear) return { answer: 'unknown', why: unclear.why };
  const open = changing.find(
    (effect) =>
      effect.verb === 'unknown' || (effect.verb === 'execute-code' && effect.reach === 'machine'),
  );
  if (open) return { answer: 'unknown', why: open.reason };
  return { answer: 'no', why: 'It stays on this machine.' };
}

function sentence(reason: string, recovery: string): string {
  return recovery === '' ? reason : `${reason} ${recovery}`;
}
