// Secrets in command lines by their structure; what is shown, what is recorded, and what must never be hidden.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { recordAssessment } from '../../../../../src/core/session/recordAssessment.ts';
import { argumentSecrets } from '../../../../../src/core/session/redact/argumentSecrets.ts';
import { redactBody } from '../../../../../src/core/session/redact/redactBody.ts';
import {
  type RedactedCommand,
  redactCommand,
} from '../../../../../src/core/session/redact/redactCommand.ts';
import { Redactor } from '../../../../../src/core/session/redact/redactor.ts';
import { createTester, type Tester } from '../../../../helpers/analysis.ts';
import { fakeTokens } from '../../../../helpers/fakeSecrets.ts';

const redactor = new Redactor({ key: () => 'k', known: [] });
let tester: Tester;

function redact(command: string): RedactedCommand {
  return redactCommand(command, tester.read(command), redactor);
}

describe('redactCommand', () => {
  before(async () => {
    tester = await createTester();
  });

  const secrets: [command: string, ...secrets: string[]][] = [
    ['mysql -u root -phunter2 shop', 'hunter2'],
    ['mysqldump --password=hunter2 shop', 'hunter2'],
    ['sudo mysql -phunter2', 'hunter2'],
    ["bash -c 'mysql -phunter2 shop'", 'hunter2'],
    ['docker login -u me -p hunter2 reg.example', 'hunter2'],
    ['echo hunter2 | docker login -u me --password-stdin', 'hunter2'],
    ['curl -u me:hunter2 https://example.com', 'hunter2'],
    ['curl --user=me:hunter2 https://example.com', 'hunter2'],
    ["curl -H 'Authorization: Bearer hunter2hunter2' https://example.com", 'hunter2hunter2'],
    ['curl https://me:hunter2@example.com', 'hunter2'],
    ['wget --http-password=hunter2 https://example.com', 'hunter2'],
    ['PGPASSWORD=hunter2 psql -h db', 'hunter2'],
    ['export API_TOKEN=hunter2', 'hunter2'],
    ['env GITHUB_TOKEN=hunter2 gh repo list', 'hunter2'],
    ['docker run -e DB_PASSWORD=hunter2 app', 'hunter2'],
    ['sshpass -p hunter2 ssh host ls', 'hunter2'],
    ['redis-cli -a hunter2 ping', 'hunter2'],
    ['mongosh -u me -p hunter2', 'hunter2'],
    ['sqlcmd -S db -U sa -P hunter2', 'hunter2'],
    ['aws configure set aws_secret_access_key hunter2', 'hunter2'],
    ['kubectl create secret generic s --from-literal=user=hunter2', 'hunter2'],
    ['vault kv put secret/app x=hunter2', 'hunter2'],
    ['heroku config:set STRIPE_SECRET=hunter2', 'hunter2'],
    ['openssl enc -aes-256-cbc -pass pass:hunter2 -in a', 'hunter2'],
    ['7z x -phunter2 a.7z', 'hunter2'],
    ['zip -P hunter2 a.zip b', 'hunter2'],
    ['echo hunter2 | sudo -S ls', 'hunter2'],
    ["echo 'root:hunter2' | chpasswd", 'hunter2'],
    ['htpasswd -b file me hunter2', 'hunter2'],
    ['npm config set //registry.example/:_authToken=hunter2', 'hunter2'],
    ['terraform apply -var db_password=hunter2', 'hunter2'],
    ['git clone https://me:hunter2@example.com/r.git', 'hunter2'],
    ['mysql -p\'hun\'"ter2" shop', 'hunter2', 'hun', 'ter2'],
    ["tool --password 'a b; $(c)'", 'a b; $(c)'],
    ['sudo -u postgres env PGPASSWORD=hunter2 psql', 'hunter2'],
    ['A_TOKEN=hunter2 B_TOKEN=hunter3 run', 'hunter2', 'hunter3'],
    ['smbclient //h/s -U me%hunter2', 'hunter2'],
  ];
  for (const [command, ...values] of secrets) {
    it(`${command} – the secret is hidden, the rest stays`, () => {
      const { text, hasSecrets } = redact(command);
      assert.equal(hasSecrets, true);
      for (const value of values) assert.ok(!text.includes(value), text);
      assert.match(text, /«redacted:[a-z-]+:len\d+:[0-9a-f]{8}»/);
      const [value = ''] = values;
      if (values.length === 1)
        assert.equal(
          text.replace(/«redacted:[^»]*»/g, () => value),
          command,
        );
    });
  }

  const plain = [
    'mysql -p shop',
    'mysql -p$PASSWORD shop',
    'docker run -p 8080:80 app',
    'mkdir -p a/b',
    'curl -u me https://example.com',
    'git commit -m "rotate the token"',
    'gh auth token',
    'docker login --password-stdin < file',
    'PASSWORD=$(pass show db) run',
    'npm test -- --grep password',
    'kubectl get secret app',
    'ssh -p 22 host',
    'zip a.zip b',
    'psql -p 5432',
  ];
  for (const command of plain) {
    it(`${command} – nothing is hidden`, () => {
      assert.equal(redact(command).text, command);
      assert.equal(redact(command).hasSecrets, false);
    });
  }

  it('what the shell would run is never hidden', () => {
    for (const command of [
      'curl https://me:$(rm -rf x)@example.com',
      'token=$(rm -rf x); echo "$token"',
      'password=`rm -rf x` run',
      'echo "Authorization: Bearer abcdefghijklmnop$(rm -rf x)"',
      'mysql -p$(rm -rf x)',
    ]) {
      assert.match(redact(command).text, /rm -rf x/, command);
    }
  });

  it('places move with the text', () => {
    const command = 'mysql -phunter2 shop && rm -rf build';
    const { text, span } = redact(command);
    const at = (part: string) => ({
      start: command.indexOf(part),
      end: command.indexOf(part) + part.length,
    });
    const moved = span(at('rm -rf build'));
    assert.equal(text.slice(moved.start, moved.end), 'rm -rf build');
    const whole = span({ start: 0, end: command.length });
    assert.equal(text.slice(whole.start, whole.end), text);
    const inside = span(at('-phunter2'));
    assert.match(text.slice(inside.start, inside.end), /^-p«redacted:.*»$/);
  });

  it('other texts about it – hold neither the secret nor its start', () => {
    const { about } = redact('tool --token abcdefghijklmnop');
    assert.doesNotMatch(about('It sends abcdefghijklmnop away.'), /abcdef/);
    assert.doesNotMatch(about('It sends abcdefghijk… away.'), /abcdef/);
    assert.equal(about('It sends nothing.'), 'It sends nothing.');
  });

  it('a hash of the command could be guessed from – it is keyed in the record', () => {
    const command = 'mysql -phunter2 shop';
    const hash = createHash('sha256').update(command).digest('hex');
    assert.match(redact(command).about(hash), /^hmac:[0-9a-f]{64}$/);
    const plainHash = createHash('sha256').update('ls').digest('hex');
    assert.equal(redact('ls').about(plainHash), plainHash);
  });

  it('everything of an event – words, targets, variables – is without the secret', () => {
    for (const command of [
      ...secrets.map(([text]) => text),
      ...fakeTokens().map(
        ({ text }) => `git push https://x:${text.replace(/[/:;&?=%+]/g, '')}@h/r`,
      ),
    ]) {
      const { assessment } = tester.judge(command);
      const redacted = redactCommand(command, assessment.shell, redactor);
      const body = redactBody(
        {
          type: 'assessment',
          assessment: recordAssessment(assessment),
          submission: { command, environment: { MY_TOKEN: 'abcdef' } },
        },
        redactor,
        redacted,
      );
      const written = JSON.stringify(body);
      assert.equal(redacted.hasSecrets, true, command);
      for (const { value } of argumentSecrets(assessment.shell.invocations)) {
        if (value.length > 3)
          assert.ok(!written.includes(JSON.stringify(value).slice(1, -1)), written);
      }
      assert.doesNotMatch(written, /hunter[23]|abcdef"/);
    }
  });
});
