// A second detector, with rules that are not ours, finds nothing in what we have redacted.
import assert from 'node:assert/strict';
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { Redactor } from '../../../../../src/core/session/redact/redactor.ts';
import { fakePrivateKey, fakeTokens } from '../../../../helpers/fakeSecrets.ts';

const redactor = new Redactor({ key: () => 'k', known: [] });

async function findings(content: string): Promise<string[]> {
  const { messages } = await lintSource({
    source: { content, filePath: '/a.txt', ext: '.txt', contentType: 'text' },
    options: {
      config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] },
      noPhysicFilePath: true,
    },
  });
  return messages.map(({ ruleId, messageId }) => `${ruleId} ${messageId}`);
}

function lines(seed: number): string[] {
  const hidden = 'aB3/'.repeat(10);
  return [
    ...fakeTokens(seed).map(({ text }) => `value: ${text}`),
    `AWS_SECRET_ACCESS_KEY=${hidden}`,
    'postgres://app:s3cr3tpw@db.example.com:5432/shop',
    'mysql://app:s3cr3tpw@db.example.com/shop',
    'https://me:s3cr3tpw@example.com/x',
    `//registry.example.com/:_authToken=npm_${'a1B2'.repeat(9)}`,
    fakePrivateKey('RSA ', 25, '\n'),
  ];
}

describe('second detector', () => {
  it('finds secrets in the made corpus, and none in its redacted form', async () => {
    let found = 0;
    const left: string[] = [];
    for (const seed of [1, 2, 3]) {
      for (const line of lines(seed)) {
        if ((await findings(line)).length === 0) continue;
        found += 1;
        const shown = redactor.text(line);
        left.push(...(await findings(shown)).map((finding) => `${finding}: ${shown}`));
      }
    }
    assert.ok(found >= 40, `it found only ${found}`);
    assert.deepEqual(left, []);
  });
});
