// I9 – a key that lands in a question which has just come up under it is no answer.
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Prompts } from '../../../src/host/prompts.ts';
import { LEAST_READING_MS, unhurried } from '../../../src/host/unhurried.ts';

/** A person whose answers come after these times, in this order, at a window that shows each question `lag` late. */
function person(
  answers: readonly (readonly [after: number, choice: string | undefined])[],
  lag = 0,
) {
  let now = 0;
  let asked = 0;
  const next = async <B extends string>(buttons: readonly B[]) => {
    const [after, choice] = answers[asked] ?? assert.fail('asked too often');
    asked += 1;
    await turn();
    now += after - lag;
    await turn();
    return buttons.find((button) => button === choice);
  };
  const caughtUp = async () => {
    now += lag;
  };
  const prompts: Prompts = {
    toast: (_text, buttons) => next(buttons),
    modal: (_question, _detail, buttons) => next(buttons),
    type: () => assert.fail(),
    inform: () => assert.fail(),
  };
  return { prompts: unhurried(prompts, { now: () => now, caughtUp }), asked: () => asked };
}

const BUTTONS = ['Approve', 'Deny'] as const;

for (const way of ['toast', 'modal'] as const) {
  const ask = ({ prompts }: ReturnType<typeof person>) =>
    way === 'toast' ? prompts.toast('x', BUTTONS, true) : prompts.modal('x', '', BUTTONS);

  describe(`I9 – a ${way} that comes up while a person types or clicks`, () => {
    it('an answer that was read counts', async () => {
      const reader = person([[LEAST_READING_MS, 'Approve']]);
      assert.equal(await ask(reader), 'Approve');
      assert.equal(reader.asked(), 1);
    });

    it('an answer that nobody can have read is asked again, as often as it comes', async () => {
      const typist = person([
        [120, 'Approve'],
        [180, 'Approve'],
        [LEAST_READING_MS - 1, 'Approve'],
        [2000, 'Deny'],
      ]);
      assert.equal(await ask(typist), 'Deny');
    });

    it('a busy window that shows it late – the time before that is no time to read', async () => {
      const typist = person(
        [
          [900, 'Approve'],
          [900 + LEAST_READING_MS, 'Deny'],
        ],
        900,
      );
      assert.equal(await ask(typist), 'Deny');
    });

    it('closing it at once is closing it', async () => {
      const reader = person([[5, undefined]]);
      assert.equal(await ask(reader), undefined);
      assert.equal(reader.asked(), 1);
    });
  });
}
