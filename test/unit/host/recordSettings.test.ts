// Settings about records: what cannot be used keeps everything and sends nothing.
import assert from 'node:assert/strict';
import type { PolicyProblem } from '../../../src/core/policy/types.ts';
import { readRecordSettings } from '../../../src/host/recordSettings.ts';

function read(raw: Record<string, unknown>) {
  const problems: PolicyProblem[] = [];
  const all = {
    retentionDays: undefined,
    retentionMegabytes: undefined,
    otlpEndpoint: undefined,
    recordingOnFailure: undefined,
    recordingMegabytes: undefined,
    ...raw,
  };
  return { settings: readRecordSettings(all, problems), problems };
}

describe('readRecordSettings', () => {
  it('as shipped – everything is kept, nothing is sent', () => {
    const { settings, problems } = read({});
    assert.deepEqual(settings.retention, { days: undefined, bytes: undefined });
    assert.equal(settings.otlpUrl, undefined);
    assert.deepEqual(problems, []);
  });

  it('limits – days and megabytes; 0 is none', () => {
    const { settings } = read({ retentionDays: 90, retentionMegabytes: 500 });
    assert.deepEqual(settings.retention, { days: 90, bytes: 500_000_000 });
    assert.equal(read({ retentionDays: 0 }).settings.retention.days, undefined);
  });

  for (const value of [-1, 1.5, '90', null, Number.NaN]) {
    it(`${value} as a limit – keeps everything, and is named`, () => {
      const { settings, problems } = read({ retentionDays: value });
      assert.equal(settings.retention.days, undefined);
      assert.equal(problems[0]?.setting, 'interlock.retention.days');
    });
  }

  it('the address of a collector, short or whole', () => {
    const urlOf = (otlpEndpoint: unknown) => read({ otlpEndpoint }).settings.otlpUrl;
    assert.equal(urlOf('http://localhost:4318'), 'http://localhost:4318/v1/logs');
    assert.equal(urlOf('https://logs.example.com/otlp'), 'https://logs.example.com/otlp');
    assert.equal(urlOf(''), undefined);
  });

  for (const value of ['localhost:4318', 'file:///etc/passwd', 'ftp://x', 7, 'http://']) {
    it(`${value} as an address – sends nothing, and is named`, () => {
      const { settings, problems } = read({ otlpEndpoint: value });
      assert.equal(settings.otlpUrl, undefined);
      assert.equal(problems[0]?.setting, 'interlock.otlp.endpoint');
    });
  }
});
