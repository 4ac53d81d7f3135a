// The built panel in a browser: what a person sees and can do in it.
import assert from 'node:assert/strict';
import type { FromPanel, HeldItem } from '../../src/shared/protocol.ts';
import {
  decisionSummary,
  held,
  Session,
  sampleSession,
  sha256,
  snapshot,
  status,
} from './fixtures.ts';
import type { PanelPage } from './page.ts';
import { usePanel } from './usePanel.ts';

const FORCE_PUSH = 'git push --force origin main';
const NESTED = 'ssh prod "bash -c \\"rm -rf /srv/data\\"" && git push --force origin main';

describe('panel', () => {
  const use = usePanel();
  let panel: PanelPage;

  beforeEach(() => {
    panel = use();
  });

  const focused = () =>
    panel.page.evaluate(() => document.activeElement?.textContent?.trim().replace(/\s+/g, ' '));
  const text = (selector: string) => panel.page.locator(selector).innerText();
  const settle = () => panel.page.waitForTimeout(600);
  const ofType = async <T extends FromPanel['type']>(type: T) =>
    (await panel.sent()).filter(
      (message): message is Extract<FromPanel, { type: T }> => message.type === type,
    );

  async function show(items: HeldItem[], session = sampleSession()): Promise<void> {
    await panel.post(session.snapshot({ held: items }));
    await panel.page
      .locator(items.length > 0 ? '.card' : '.row, .empty')
      .first()
      .waitFor();
  }

  async function reveal(id: string): Promise<void> {
    await panel.post({ v: 1, type: 'reveal', submission: id });
    await panel.page.locator('il-hold .decide').waitFor();
  }

  it('asks for its data once it is there', async () => {
    assert.deepEqual(await panel.sent(), [{ v: 1, type: 'ready' }]);
  });

  it('nothing yet – says what to do, with buttons for what can be done', async () => {
    await panel.post(
      snapshot({ status: { ...status, actions: ['openWalkthrough', 'openSettings'] } }),
    );
    await panel.page.getByRole('button', { name: 'Show me how' }).click();
    assert.deepEqual(await ofType('act'), [{ v: 1, type: 'act', action: 'openWalkthrough' }]);
    assert.equal(await panel.page.getByRole('button', { name: 'Stop agent' }).count(), 0);
  });

  it('S3 – HIGH and CRITICAL have a red banner that says so in words too', async () => {
    await show([held('a', 'terraform destroy'), held('b', FORCE_PUSH), held('c', 'npm install x')]);
    const banners = panel.page.locator('.card .banner');
    assert.match(await banners.nth(0).innerText(), /HIGH[\s\S]*cannot be undone/);
    assert.match(await banners.nth(1).innerText(), /CRITICAL[\s\S]*reaches what others use/);
    const reds = await banners.evaluateAll((all) =>
      all.map((one) => (getComputedStyle(one).backgroundColor.match(/\d+/g) ?? []).map(Number)),
    );
    for (const [red = 0, green = 0, blue = 0] of reds.slice(0, 2)) {
      assert.ok(red > 150 && green < 60 && blue < 60);
    }
    assert.match(await banners.nth(2).innerText(), /MEDIUM/);
    assert.ok((reds[2]?.[0] ?? 255) < 150);
  });

  it('from the keyboard alone – list, hold, Deny; the proof fits what was shown', async () => {
    await show([held('a', FORCE_PUSH)]);
    await panel.sent();
    await panel.page.keyboard.press('Tab');
    for (let i = 0; i < 10 && (await focused()) !== 'Review'; i += 1)
      await panel.page.keyboard.press('Tab');
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('il-hold').waitFor();
    assert.equal(await focused(), 'Deny');
    await panel.page.keyboard.press('Enter');
    const [answer] = await ofType('answer');
    assert.deepEqual(answer, {
      v: 1,
      type: 'answer',
      submission: 'a',
      token: 'token-a',
      sha256: sha256(FORCE_PUSH),
      answer: 'deny',
      message: undefined,
      grant: undefined,
    });
  });

  it('from the keyboard alone – Approve is the next stop after Deny', async () => {
    await show([held('a', FORCE_PUSH)]);
    await reveal('a');
    await settle();
    await panel.page.keyboard.press('Tab');
    assert.match((await focused()) ?? '', /^Approve once/);
    await panel.page.keyboard.press('Enter');
    const [answer] = await ofType('answer');
    assert.equal(answer?.answer, 'approve');
    assert.equal(answer?.sha256, sha256(FORCE_PUSH));
  });

  it('Escape – back to where one came from', async () => {
    await show([held('a', FORCE_PUSH), held('b', 'terraform destroy')]);
    await panel.page.getByRole('button', { name: 'Review' }).nth(1).focus();
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('il-hold').waitFor();
    await panel.page.keyboard.press('Escape');
    await panel.page.locator('.card').first().waitFor();
    const review = await panel.page.evaluate(
      () => (document.activeElement as HTMLElement).dataset.review,
    );
    assert.equal(review, 'b');
  });

  it('after an answer – the list, with the focus on the next hold', async () => {
    await show([held('a', FORCE_PUSH), held('b', 'terraform destroy')]);
    await reveal('a');
    await panel.page.keyboard.press('Enter');
    await panel.post({ v: 1, type: 'held', revision: 2, held: [held('b', 'terraform destroy')] });
    await panel.page.locator('.card').waitFor();
    assert.equal(await focused(), 'Review');
  });

  it('a hold that ends elsewhere – its story takes its place, and the focus is not lost', async () => {
    const session = sampleSession();
    await show([held('c8', 'terraform destroy -auto-approve')], session);
    await reveal('c8');
    await panel.post({ v: 1, type: 'held', revision: 2, held: [] });
    await panel.page.getByText('Fetching the details').waitFor();
    const events = session.events.filter((event) => JSON.stringify(event).includes('"c8"'));
    await panel.post({ v: 1, type: 'details', submission: 'c8', events });
    await panel.page.locator('.past .story').waitFor();
    assert.equal(await focused(), 'Back');
  });

  it('a hold that is held anew while it is shown – Approve right after it counts for nothing', async () => {
    await show([held('a', FORCE_PUSH)]);
    await reveal('a');
    await settle();
    await panel.sent();
    const again = held('a', 'git push --force origin release', { token: 'other' });
    await panel.post({ v: 1, type: 'held', revision: 2, held: [again] });
    await panel.page.getByText('release').first().waitFor();
    await panel.page.locator('[data-approve]').click();
    assert.deepEqual(await ofType('answer'), []);
    assert.match(await panel.page.locator('[role=alert]').last().innerText(), /has just changed/);
    await settle();
    await panel.page.locator('[data-approve]').click();
    assert.equal((await ofType('answer'))[0]?.token, 'other');
  });

  it('another hold that is brought up under the pointer – Approve right after it counts for nothing', async () => {
    await show([held('a', 'npm install x'), held('b', FORCE_PUSH)]);
    await reveal('a');
    await settle();
    await panel.sent();
    await reveal('b');
    await panel.page.getByText(FORCE_PUSH).first().waitFor();
    await panel.page.locator('[data-approve]').click();
    assert.deepEqual(await ofType('answer'), []);
    await settle();
    await panel.page.locator('[data-approve]').click();
    assert.equal((await ofType('answer'))[0]?.submission, 'b');
  });

  it('a card – offers Approve for what is not grave and stands in it whole, nothing else', async () => {
    const long = `npm install ${'left-pad '.repeat(60)}`;
    await show([held('a', FORCE_PUSH), held('b', 'npm install x'), held('c', long)]);
    const approves = panel.page.locator('.card').filter({ hasText: 'Approve once' });
    assert.equal(await approves.count(), 1);
    assert.match(await approves.innerText(), /npm install x/);
    assert.match(await panel.page.locator('.card').nth(2).innerText(), /characters …/);
  });

  it('the offending part is marked by colour and line, and says why to a pointer', async () => {
    await show([held('a', NESTED)]);
    await reveal('a');
    const marks = panel.page.locator('il-hold .command mark.span-serious');
    assert.deepEqual(await marks.allInnerTexts(), ['rm -rf /srv/data', FORCE_PUSH]);
    const style = await marks.first().evaluate((mark) => getComputedStyle(mark).textDecorationLine);
    assert.equal(style, 'underline');
    assert.match((await marks.first().getAttribute('title')) ?? '', /deletes \/srv\/data/);
  });

  it('nested code is drawn as a tree', async () => {
    await show([held('a', NESTED)]);
    await reveal('a');
    const tree = (await text('.tree')).split('\n').map((line) => line.trim());
    assert.deepEqual(
      tree.filter((line) => line !== ''),
      ['ssh prod', 'bash -c', 'rm -rf /srv/data', FORCE_PUSH],
    );
  });

  it('one screen has questions, effects, facts with how they were learnt, score and reasons', async () => {
    const facts = [
      {
        id: 'git.branch.shared',
        effect: 0,
        value: true,
        text: 'Two other people have commits there.',
        how: 'git log origin/main',
      },
    ] as unknown as HeldItem['assessment']['facts'];
    const base = held('a', FORCE_PUSH);
    await show([{ ...base, assessment: { ...base.assessment, facts } }]);
    await reveal('a');
    const all = await text('il-hold');
    for (const words of [
      /Can it be undone\?/i,
      /Does it reach what others use\?/i,
      /Rewrites history/,
      /Safer/,
      /Two other people have commits there\./,
      /git log origin\/main/,
      /of 100/,
      /blast radius severe/,
      /no rule frees it/,
    ]) {
      assert.match(all, words);
    }
  });

  it('deny with words – the words go with the answer, Escape takes the form back', async () => {
    await show([held('a', FORCE_PUSH)]);
    await reveal('a');
    await panel.page.getByRole('button', { name: 'Deny with words' }).click();
    assert.equal(await panel.page.evaluate(() => document.activeElement?.tagName), 'TEXTAREA');
    await panel.page.keyboard.press('Escape');
    assert.equal(await focused(), 'Deny with words');
    await panel.page.keyboard.press('Enter');
    await panel.page.getByRole('button', { name: /force-with-lease/ }).click();
    await panel.page.keyboard.type(' Ask first.');
    await panel.page.getByRole('button', { name: 'Deny and send' }).click();
    const [answer] = await ofType('answer');
    assert.equal(answer?.answer, 'deny');
    assert.match(answer?.message ?? '', /force-with-lease.*Ask first\./);
  });

  it('edit and run – the new text goes out with the proof of the old one', async () => {
    await show([held('a', FORCE_PUSH)]);
    await reveal('a');
    await panel.page.getByRole('button', { name: 'Edit and run' }).click();
    const field = panel.page.locator('textarea');
    assert.equal(await field.inputValue(), FORCE_PUSH);
    await field.fill('git push origin feature');
    await panel.page.getByRole('button', { name: 'Submit this text' }).click();
    const [edit] = await ofType('editAndRun');
    assert.equal(edit?.command, 'git push origin feature');
    assert.equal(edit?.sha256, sha256(FORCE_PUSH));
  });

  it('a hidden secret – is shown when a person asks, and edited as it is, not as its mark', async () => {
    const masked = 'curl -H "Authorization: «redacted»" https://example.com';
    const original = 'curl -H "Authorization: Bearer abc" https://example.com';
    await show([held('a', masked, { hasSecrets: true })]);
    await reveal('a');
    await panel.page.getByRole('button', { name: 'Edit and run' }).click();
    assert.deepEqual(await ofType('unmask'), [{ v: 1, type: 'unmask', submission: 'a' }]);
    assert.equal(await panel.page.locator('textarea').inputValue(), '');
    await panel.page.getByRole('button', { name: 'Submit this text' }).click({ force: true });
    assert.deepEqual(await ofType('editAndRun'), []);
    await panel.post({ v: 1, type: 'unmasked', submission: 'a', command: original });
    await panel.page.locator('.secrets-shown').waitFor();
    assert.match(await text('.secrets-shown'), /Bearer abc/);
    assert.equal(await panel.page.locator('textarea').inputValue(), original);
    await panel.page.getByRole('button', { name: 'Submit this text' }).click();
    const [edit] = await ofType('editAndRun');
    assert.deepEqual([edit?.command, edit?.sha256], [original, sha256(masked)]);
  });

  it('a hold whose text cannot be replaced – no Edit; nothing to allow – no grant', async () => {
    await show([held('a', FORCE_PUSH, { canEdit: false })]);
    await reveal('a');
    assert.equal(await panel.page.getByRole('button', { name: 'Edit and run' }).count(), 0);
    assert.equal(await panel.page.getByRole('button', { name: 'Allow from now on' }).count(), 0);
  });

  it('allow from now on – exact first; wider only after its preview; a refusal blocks it', async () => {
    const offers = [
      { kind: 'exact', match: 'npm run lint', upTo: 'MEDIUM' },
      { kind: 'tokens', match: 'npm run *', upTo: 'MEDIUM' },
    ] as const;
    await show([held('a', 'npm run lint', { offers })]);
    await reveal('a');
    await settle();
    await panel.page.getByRole('button', { name: 'Allow from now on' }).click();
    const [first] = await ofType('previewGrant');
    assert.deepEqual(first?.grant, { ...offers[0], scope: 'session', expiry: 'today' });
    const give = panel.page.getByRole('button', { name: 'Approve and allow' });
    await give.click({ force: true });
    assert.deepEqual(await ofType('answer'), []);
    await panel.page.getByText('npm run *').click();
    const [second] = await ofType('previewGrant');
    assert.equal(second?.grant.match, 'npm run *');
    const preview = {
      refused: undefined,
      matched: 2,
      outOf: 50,
      newlyAllowed: [{ command: 'npm run lint', level: 'MEDIUM' as const }],
      newlyAllowedCount: 9,
      text: 'It would have let 2 of 50 run.',
    };
    const stale = { ...preview, refused: 'no' };
    const post = (request: number, what: typeof preview | typeof stale) =>
      panel.post({ v: 1, type: 'grantPreview', request, submission: 'a', preview: what });
    await post(first?.request ?? 0, stale);
    await post(second?.request ?? 0, preview);
    await panel.page.getByText('It would have let 2 of 50 run.').waitFor();
    assert.match(await text('.preview'), /and 8 more commands/);
    await give.click();
    const [answer] = await ofType('answer');
    assert.deepEqual(answer?.grant, { ...offers[1], scope: 'session', expiry: 'today' });
  });

  it('a refused answer – says why beside the hold, as an alert', async () => {
    await show([held('a', FORCE_PUSH)]);
    await reveal('a');
    await panel.post({ v: 1, type: 'refused', submission: 'a', why: 'The text has changed.' });
    await panel.page.locator('.decide .refused').waitFor();
    assert.match(await text('.decide .refused'), /The text has changed\./);
  });

  it('a new hold – is told to a screen reader, and takes neither focus nor view', async () => {
    await show([]);
    await panel.page.locator('.row').first().focus();
    const before = await focused();
    await panel.post({ v: 1, type: 'held', revision: 2, held: [held('a', FORCE_PUSH)] });
    await panel.page.locator('.card').waitFor();
    assert.match(
      await panel.page.locator('[aria-live=assertive]').innerText(),
      /Command held: CRITICAL/,
    );
    assert.equal(await focused(), before);
  });

  it('hold after hold – the cards that are there do not move', async () => {
    await show([held('a', FORCE_PUSH)]);
    const place = () => panel.page.locator('.card').first().boundingBox();
    const before = await place();
    const items = ['a', 'b', 'c'].map((id) => held(id, FORCE_PUSH));
    await panel.post({ v: 1, type: 'held', revision: 2, held: items });
    await panel.page.locator('.card').nth(2).waitFor();
    assert.deepEqual(await place(), before);
  });

  it('every event – in the list of all events, newest first; commands as one row each', async () => {
    const session = sampleSession();
    await show([], session);
    assert.match(await panel.page.locator('.row').first().innerText(), /terraform destroy/);
    await panel.page.getByRole('button', { name: 'Events' }).click();
    await panel.page
      .locator('.row')
      .filter({ hasText: 'Held: waits for a person' })
      .first()
      .waitFor();
    const first = panel.page.locator('.rows li').first();
    assert.equal(await first.getAttribute('aria-setsize'), String(session.events.length));
    assert.match(await first.innerText(), /Held: waits/);
  });

  it('arrows, End and Enter – through the list and into a command', async () => {
    await show([]);
    await panel.page.locator('.row').first().focus();
    await panel.page.keyboard.press('ArrowDown');
    assert.match((await focused()) ?? '', /ls -la/);
    await panel.page.keyboard.press('End');
    await panel.page.waitForFunction(() =>
      document.activeElement?.textContent?.includes('Session started'),
    );
    await panel.page.keyboard.press('Home');
    await panel.page.waitForFunction(() =>
      document.activeElement?.textContent?.includes('terraform'),
    );
    await panel.page.keyboard.press('ArrowDown');
    await panel.sent();
    await panel.page.keyboard.press('Enter');
    await panel.page.getByText('Fetching the details').waitFor();
    assert.equal((await ofType('details'))[0]?.submission, 'c7');
    assert.equal(await focused(), 'Back');
    await panel.page.keyboard.press('Escape');
    await panel.page.waitForFunction(() => document.activeElement?.textContent?.includes('ls -la'));
  });

  it('a command of the past – decision, words, outcome and every event', async () => {
    const session = sampleSession();
    await show([], session);
    await panel.page.locator('.row').filter({ hasText: 'git push' }).click();
    const events = session.events.filter((event) => JSON.stringify(event).includes('"c4"'));
    await panel.post({ v: 1, type: 'details', submission: 'c4', events });
    await panel.page.locator('.story').waitFor();
    assert.match(
      await text('.outcome'),
      /Denied in the panel after 4.2 s: “Open a pull request instead.”/,
    );
    assert.equal(await panel.page.locator('.story li').count(), events.length);
    assert.equal(await panel.page.locator('.past mark.span-serious').innerText(), FORCE_PUSH);
  });

  it('a command that goes on while it is shown – its details are asked for again', async () => {
    const session = sampleSession();
    await show([], session);
    await panel.page.locator('.row').filter({ hasText: 'terraform' }).click();
    await panel.post({ v: 1, type: 'details', submission: 'c8', events: [] });
    await panel.sent();
    const decision = {
      kind: 'denied',
      by: 'person',
      where: 'panel',
      message: undefined,
      waitedMs: 1,
    } as const;
    const event = session.add({
      type: 'decision',
      submission: 'c8',
      shownSha256: undefined,
      decision,
    });
    await panel.post({ v: 1, type: 'event', revision: 2, event } as never);
    await panel.page.waitForTimeout(100);
    assert.equal((await ofType('details'))[0]?.submission, 'c8');
  });

  it('a missed message – a new snapshot is asked for', async () => {
    await show([]);
    await panel.sent();
    await panel.post({ v: 1, type: 'held', revision: 9, held: [held('a', FORCE_PUSH)] });
    await panel.page.waitForTimeout(50);
    assert.deepEqual(await panel.sent(), [{ v: 1, type: 'ready' }]);
  });

  it('stopped, blind, observing – each says so, and offers what can be done', async () => {
    await panel.post(
      snapshot({
        status: {
          ...status,
          degraded: 'The grammar is missing.',
          observe: true,
          lockdown: { since: '2026-06-01T12:00:00.000Z', why: 'You stopped it.' },
          actions: ['liftLockdown', 'openSettings'],
        },
      }),
    );
    await panel.page.getByRole('button', { name: 'Lift' }).click();
    assert.deepEqual(await ofType('act'), [{ v: 1, type: 'act', action: 'liftLockdown' }]);
    const strips = (await panel.page.locator('.strip').allInnerTexts()).join(' ');
    assert.match(strips, /Agent stopped/);
    assert.match(strips, /cannot be read, so every one asks\. The grammar is missing\./);
    assert.match(strips, /recorded, but not held/);
  });

  it('your decisions – figures, advice, and a suggestion that can be taken', async () => {
    await panel.post(sampleSession().snapshot({ summary: decisionSummary }));
    await panel.page.getByRole('button', { name: 'Decisions' }).click();
    assert.match(await text('.figures'), /95 %[\s\S]*1\.8 s[\s\S]*3/);
    await panel.page.getByRole('button', { name: 'Allow exactly this' }).click();
    assert.deepEqual(await ofType('takeSuggestion'), [{ v: 1, type: 'takeSuggestion', id: 's1' }]);
  });

  it('what needs a word – says so before the button is pressed', async () => {
    await show([held('a', FORCE_PUSH, { confirmWord: 'main' })]);
    await reveal('a');
    assert.match(await text('.decide'), /Approve once…[\s\S]*asked to type main/);
  });

  it('hidden and shown again – the same view', async () => {
    await show([held('a', FORCE_PUSH)]);
    await reveal('a');
    await panel.reload();
    await panel.post(snapshot({ held: [held('a', FORCE_PUSH)] }));
    await panel.page.locator('il-hold').waitFor();
  });

  it('hostile text – is text, and nothing hidden stays hidden', async () => {
    const evil =
      'echo "<img src=x onerror=alert(1)><script>alert(2)</script>" \u202Etxt.exe\u200B \u001b[2K\n`rm -rf ~`';
    const session = new Session();
    session.submit('a', evil);
    const item = held('a', evil, {
      agent: '<b>agent</b>\u202E',
      cwd: '/tmp/<a href="javascript:alert(3)">x</a>',
      intent: '<style>*{display:none}</style>',
      because: ['`<img src=x onerror=alert(4)>`'],
    });
    await show([item], session);
    const list = await text('main');
    await reveal('a');
    const hold = await text('main');
    for (const shown of [list, hold]) {
      assert.ok(shown.includes('<img src=x onerror=alert(1)><script>alert(2)</script>'));
      assert.ok(shown.includes('{U+202E}txt.exe{U+200B}'));
      assert.ok(shown.includes('{U+001B}[2K'));
      assert.doesNotMatch(shown, /[\u202E\u200B\u001b]/);
    }
    const inert = 'main img, main script, main a, main b, main style, main iframe';
    assert.equal(await panel.page.locator(inert).count(), 0);
    const titles = await panel.page
      .locator('[title]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('title')));
    assert.doesNotMatch(titles.join(), /[\u202E\u200B]/);
    await panel.page.locator('[data-deny]').click();
    assert.equal((await ofType('answer'))[0]?.sha256, sha256(evil));
  });

  it('letters of right-to-left scripts – do not move what stands beside them', async () => {
    await show([held('a', 'rm \u05d0\u05d1 x')]);
    const order = await panel.page.locator('.card .command').evaluate((pre) => {
      const lefts: number[] = [];
      const walker = document.createTreeWalker(pre, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let i = 0; i < (node.textContent ?? '').length; i += 1) {
          const range = document.createRange();
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          lefts.push(range.getBoundingClientRect().left);
        }
      }
      return lefts;
    });
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
  });
});
