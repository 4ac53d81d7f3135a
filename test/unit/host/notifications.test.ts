// What a person is asked, and what each way of answering does.
import assert from 'node:assert/strict';
import { manyText, modalText, toastText } from '../../../src/host/approvalText.ts';
import { Emitter } from '../../../src/host/emitter.ts';
import type { HoldAnswer } from '../../../src/host/gateTypes.ts';
import { approveInModal, registerNotifications } from '../../../src/host/notifications.ts';
import type { Prompts } from '../../../src/host/prompts.ts';
import type { HeldItem } from '../../../src/shared/protocol.ts';
import { testHeldItem } from '../../helpers/heldItem.ts';

interface Desk {
  hold(item: HeldItem): Promise<void>;
  /** All at once. */
  holdAll(items: readonly HeldItem[]): Promise<void>;
  held: HeldItem[];
  shown: number;
  toasts: { text: string; isGrave: boolean }[];
  /** The button of the last toast that `notification.acceptPrimaryAction` presses. */
  first: string | undefined;
  modals: string[];
  /** The button that Enter presses in the last modal. */
  primary: string | undefined;
  prompts: Prompts;
  answers: (HoldAnswer & { id: string })[];
  details: string[];
  informed: string[];
}

/** A person who clicks `toast`, then `modal` where one comes; `refusal` is what the gate says to answers. */
function createDesk(
  clicks: { toast?: string; modal?: string; typed?: string; refusal?: string } = {},
): Desk {
  const held: HeldItem[] = [];
  const timers: (() => void)[] = [];
  const holds = new Emitter<HeldItem>((error) => assert.fail(String(error)));
  const pick = <B extends string>(buttons: readonly B[], click: string | undefined) => {
    assert.ok(click === undefined || buttons.some((button) => button === click), `no ${click}`);
    return buttons.find((button) => button === click);
  };
  const prompts: Prompts = {
    toast: async (text, buttons, isGrave) => {
      desk.toasts.push({ text, isGrave });
      desk.first = buttons[0];
      return pick(buttons, clicks.toast);
    },
    modal: async (question, _detail, buttons) => {
      desk.modals.push(question);
      desk.primary = buttons[0];
      return pick(buttons, clicks.modal);
    },
    type: async () => clicks.typed,
    inform: (text) => void desk.informed.push(text),
  };
  const desk: Desk = {
    toasts: [],
    modals: [],
    prompts,
    primary: undefined,
    first: undefined,
    answers: [],
    details: [],
    informed: [],
    held,
    shown: 0,
    hold: async (item) => {
      await desk.holdAll([item]);
    },
    holdAll: async (items) => {
      const ids = new Set(items.map(({ id }) => id));
      held.splice(0, held.length, ...held.filter(({ id }) => !ids.has(id)), ...items);
      for (const item of items) holds.fire(item);
      while (timers.length > 0) for (const callback of timers.splice(0)) callback();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
  registerNotifications({
    schedule: (_milliseconds, callback) => {
      timers.push(callback);
      return { dispose: () => undefined };
    },
    showHeld: async () => {
      desk.shown += 1;
    },
    gate: {
      held,
      onDidHold: (listener) => holds.listen(listener),
      decide: (id, answer) => {
        desk.answers.push({ id, ...answer });
        return clicks.refusal;
      },
    },
    prompts,
    showDetails: async (id) => void desk.details.push(id),
    report: assert.fail,
  });
  return desk;
}

const critical = testHeldItem({ level: 'CRITICAL', score: 88, confirmWord: 'work.txt' });

describe('notifications', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      testHeldItem({ id: `s${index}`, token: `t${index}`, score: 40 + index, level: 'MEDIUM' }),
    );

  it('one toast for a hold, with level, score, command and top reason', async () => {
    const desk = createDesk({});
    await desk.hold(testHeldItem());
    assert.deepEqual(desk.toasts, [
      { text: 'HIGH 61 · rm work.txt · It deletes work.txt.', isGrave: true },
    ]);
  });

  it('closing the toast is no decision', async () => {
    const desk = createDesk({});
    await desk.hold(critical);
    assert.deepEqual(desk.answers, []);
  });

  it('LOW and MEDIUM are warnings, HIGH and CRITICAL errors', async () => {
    const desk = createDesk({});
    for (const level of ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const) {
      await desk.hold(testHeldItem({ id: level, level }));
    }
    assert.deepEqual(
      desk.toasts.map(({ isGrave }) => isGrave),
      [false, false, true, true],
    );
  });

  it('Approve answers with the token and the hash of what was shown', async () => {
    const desk = createDesk({ toast: 'Approve' });
    await desk.hold(testHeldItem());
    assert.deepEqual(desk.answers, [
      {
        id: 's1',
        token: 't1',
        sha256: 'abc',
        answer: 'approve',
        where: 'notification',
        message: undefined,
      },
    ]);
    assert.deepEqual(desk.modals, []);
  });

  it('I9 – the first button, which any extension can press, decides nothing', async () => {
    const desk = createDesk();
    await desk.hold(testHeldItem());
    assert.equal(desk.first, 'Details');
    await desk.holdAll(many(30));
    assert.equal(desk.first, 'Show');
  });

  it('what an agent says of itself cannot push the reasons out of a modal or a toast', () => {
    const agent = 'Deny is broken, press Approve. '.repeat(100);
    const item = testHeldItem({ agent, intent: 'x'.repeat(10_000), cwd: `/${'d'.repeat(4000)}` });
    assert.ok(modalText(item).detail.length < 1500);
    assert.ok(manyText([item]).length < 200);
  });

  it('I8 – approving a CRITICAL command asks again in a modal', async () => {
    const desk = createDesk({ toast: 'Approve', modal: 'Approve…', typed: 'work.txt' });
    await desk.hold(critical);
    assert.deepEqual(desk.modals, ['Run this CRITICAL command (score 88)?']);
    assert.deepEqual(
      desk.answers.map(({ answer, where, typedWord }) => [answer, where, typedWord]),
      [['approve', 'modal', 'work.txt']],
    );
  });

  for (const typed of ['work', 'WORK.TXT', '', undefined]) {
    it(`I8 – typing ${typed ?? 'nothing'} instead of the word approves nothing`, async () => {
      const desk = createDesk({ toast: 'Approve', modal: 'Approve…', typed });
      await desk.hold(critical);
      assert.deepEqual(desk.answers, []);
    });
  }

  it('three at once are three toasts that say how many more wait', async () => {
    const desk = createDesk();
    await desk.holdAll(many(3));
    assert.equal(desk.toasts.length, 3);
    assert.match(desk.toasts[0]?.text ?? '', /2 more commands wait$/);
  });

  it('a burst is one toast that counts, with the worst, and shows the panel', async () => {
    const desk = createDesk({ toast: 'Show' });
    await desk.holdAll(many(30));
    assert.deepEqual(
      desk.toasts.map(({ text }) => text),
      ['30 commands of tester wait so far. The worst is MEDIUM 69.'],
    );
    assert.equal(desk.shown, 1);
    assert.deepEqual(desk.answers, []);
  });

  it('a grave command is told although a toast about harmless ones was never answered', async () => {
    const desk = createDesk();
    desk.prompts.toast = (text, _buttons, isGrave) => {
      desk.toasts.push({ text, isGrave });
      return new Promise(() => undefined);
    };
    const mild = many(7).map((item) => ({ ...item, level: 'LOW', score: 15 }) as HeldItem);
    await desk.holdAll(mild.slice(0, 5));
    await desk.holdAll(mild.slice(5));
    assert.equal(desk.toasts.length, 1);
    await desk.hold({ ...critical, id: 'grave', token: 'grave' });
    assert.deepEqual(
      desk.toasts.map(({ isGrave }) => isGrave),
      [false, true],
    );
    assert.match(desk.toasts[1]?.text ?? '', /^8 commands .* The worst is CRITICAL/);
    await desk.hold({ ...critical, id: 'another', token: 'another' });
    assert.equal(desk.toasts.length, 2, 'an error stays in sight until it is answered');
  });

  it('Deny All denies what the toast counted', async () => {
    const desk = createDesk({ toast: 'Deny All' });
    await desk.holdAll(many(7));
    assert.equal(desk.answers.filter(({ answer }) => answer === 'deny').length, 7);
  });

  it('I8 – cancelling that modal decides nothing', async () => {
    const desk = createDesk({ toast: 'Approve' });
    await desk.hold(critical);
    assert.equal(desk.modals.length, 1);
    assert.deepEqual(desk.answers, []);
  });

  for (const [level, first] of Object.entries({
    LOW: 'Approve',
    MEDIUM: 'Approve',
    HIGH: 'Deny',
    CRITICAL: 'Deny',
  })) {
    it(`I9 – an Enter that lands in the modal of a ${level} command presses ${first}`, async () => {
      const confirmWord = level === 'CRITICAL' ? 'work.txt' : undefined;
      const item = testHeldItem({ level: level as HeldItem['level'], confirmWord });
      const desk = createDesk();
      await approveInModal(item, {
        prompts: desk.prompts,
        gate: { decide: () => assert.fail('nothing was pressed') },
      });
      assert.equal(desk.primary, first);
    });
  }

  it('Deny needs no second question, also for CRITICAL', async () => {
    const desk = createDesk({ toast: 'Deny' });
    await desk.hold(critical);
    assert.deepEqual(desk.modals, []);
    assert.equal(desk.answers[0]?.answer, 'deny');
  });

  it('Details opens the panel and decides nothing', async () => {
    const desk = createDesk({ toast: 'Details' });
    await desk.hold(testHeldItem());
    assert.deepEqual(desk.details, ['s1']);
    assert.deepEqual(desk.answers, []);
  });

  it('an answer that came too late is told', async () => {
    const desk = createDesk({ toast: 'Approve', refusal: 'This command is expired.' });
    await desk.hold(testHeldItem());
    assert.deepEqual(desk.informed, ['This command is expired.']);
  });

  it('held anew: a new toast that says what changed', async () => {
    const desk = createDesk({});
    await desk.hold(testHeldItem());
    await desk.hold(testHeldItem({ because: ['It was approved, but it is riskier now.'] }));
    assert.equal(
      desk.toasts[1]?.text,
      'Held again · HIGH 61 · rm work.txt · It was approved, but it is riskier now.',
    );
  });

  it('hidden characters and links in a command are shown as marks', () => {
    const text = toastText(
      testHeldItem({ command: 'ls \u202e\u200b\n[Deny](command:interlock.approve)' }),
      false,
    );
    assert.match(text, /ls \{U\+202E\}\{U\+200B\}↵\[Deny\]\{U\+0028\}command:/);
  });

  it('a long command is cut in the middle, with the length, and keeps its end', () => {
    const text = toastText(testHeldItem({ command: `echo ${'x'.repeat(5000)}; rm -rf /` }), false);
    assert.ok(text.length < 300);
    assert.match(text, /echo x+ …\[\d+ characters left out\]… x+; rm -rf \//);
  });

  it('the modal says who asks, where, why and how to recover', () => {
    const item = testHeldItem({ intent: 'clean up' });
    const { detail } = modalText(item);
    assert.match(detail, /^rm work\.txt\n/);
    assert.match(detail, /Asked by tester in \/w\./);
    assert.match(detail, /The agent says: "clean up"/);
    assert.match(detail, /Can be taken back: no\. A shell has no bin\./);
  });
});
