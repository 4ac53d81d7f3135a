// docs/rules.md says what the rules say, and the rules say it so that a tired person understands.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { rulesPage } from '../../../docs/rulesPage.ts';
import { families } from '../../../src/core/effects/registry.ts';

const rules = families.flatMap((family) => family.rules);

describe('docs/rules.md', () => {
  it('is current: `npm run docs` would change nothing', () => {
    const page = readFileSync(new URL('../../../docs/rules.md', import.meta.url), 'utf8');
    assert.equal(page, rulesPage());
  });
});

describe('the texts of the rules', () => {
  const wrong = (test: (rule: (typeof rules)[number]) => boolean) =>
    rules
      .filter(test)
      .map(({ id, why, recovery, alternative }) => [id, why, recovery, alternative]);

  it('the reason is one sentence, short, and starts as one', () =>
    assert.deepEqual(
      wrong(({ why }) => !/^([A-Z]|\{target\}|perl)[^\n]*\.$/.test(why) || why.length > 140),
      [],
    ));

  it('advice ends as a sentence and says something', () =>
    assert.deepEqual(
      wrong(
        ({ recovery }) => !/\.$/.test(recovery) || recovery.length < 5 || recovery.length > 140,
      ),
      [],
    ));

  it('an alternative ends as a sentence', () =>
    assert.deepEqual(
      wrong(({ alternative }) => alternative !== undefined && !/[.]$/.test(alternative)),
      [],
    ));

  it('no text promises what the gate cannot know', () => {
    const promises =
      /\b(safe|safely|guarantee\w*|never fails|always works|harmless|no risk|100 ?%|certainly)\b/i;
    assert.deepEqual(
      wrong(({ why, recovery, alternative }) =>
        promises.test(`${why} ${recovery} ${alternative ?? ''}`),
      ),
      [],
    );
  });

  it('what deletes for good names another way or what to check first', () => {
    const bare = rules.filter(
      ({ verb, reversible, severity, alternative, recovery }) =>
        verb === 'delete' &&
        reversible === 'no' &&
        /serious|severe|extreme/.test(severity) &&
        !alternative &&
        !recovery,
    );
    assert.deepEqual(bare, []);
  });
});
