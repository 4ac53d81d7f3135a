// Problems are shown where they stand, in files as people write them.
import assert from 'node:assert/strict';
import { placeOf } from '../../../src/host/settingsPlaces.ts';

const TEXT = `{
  // Rules of mine.
  "interlock.rules": [
    { "match": "make", "action": "allow" },
    { "match": "rm **", "action": "denied", }, // wrong
  ],
  "interlock.approval.timeoutSeconds": "x",
}`;

const at = (text: string, path: readonly (string | number)[]) => {
  const place = placeOf(text, path);
  return place && text.slice(place.start, place.end);
};

describe('settingsPlaces', () => {
  it('a part of an entry, through comments and trailing commas', () => {
    assert.equal(at(TEXT, ['interlock.rules', 1, 'action']), '"denied"');
  });

  it('a part that is missing is shown at its entry', () => {
    assert.match(at(TEXT, ['interlock.rules', 0, 'match2']) ?? '', /^\{ "match": "make"/);
  });

  it('a whole setting', () => {
    assert.equal(at(TEXT, ['interlock.approval.timeoutSeconds']), '"x"');
  });

  it('in a workspace file the settings lie one level deeper', () => {
    const text = `{ "folders": [], "settings": ${TEXT} }`;
    assert.equal(at(text, ['settings', 'interlock.rules', 1, 'match']), '"rm **"');
  });

  it('a setting that is not in the text has no place, and neither has a broken text', () => {
    assert.equal(at(TEXT, ['interlock.production', 0]), undefined);
    assert.equal(at('{ "settings": {} }', ['settings', 'interlock.rules', 0]), undefined);
    assert.equal(at('', ['interlock.rules']), undefined);
  });
});
