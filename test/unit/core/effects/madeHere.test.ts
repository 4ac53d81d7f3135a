// What a line makes itself: deleting or running it does not ask under contained, and nothing else passes for it.
import assert from 'node:assert/strict';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const OWN = [
  'd=$(mktemp -d); cp -r src "$d"; rm -rf "$d"',
  't=$(mktemp) && echo a > "$t" && rm -f "$t"',
  'T="$(mktemp -d /tmp/probe.XXXXXX)"; ls "$T"; rm -r "${T}"',
  "cat > probe.py <<'X'\nprint(1)\nX\npython3 probe.py; rm probe.py",
  'go build -o /tmp/probe ./cmd/probe && /tmp/probe --version',
  'cc -O2 probe.c -o /tmp/probe && /tmp/probe',
];

const NOT_OWN = [
  'HOME=$(mktemp -d); rm -rf "$HOME"',
  'false && HOME=$(mktemp -d); rm -rf "$HOME"',
  'd=$(mktemp -d); d=/srv; rm -rf "$d"',
  'd=$(mktemp -d); read d < f; rm -rf "$d"',
  'd=$(mktemp -d); read $x < f; rm -rf "$d"',
  'd=$(mktemp -d); rm -rf "$d"/../x',
  'd=$(mktemp -d); rm -rf "$d" "$e"',
  'rm -rf "$d"; d=$(mktemp -d)',
  'd=$(mktemp -d; echo /srv); rm -rf "$d"',
  'd=$(mktemp -d); eval "$X"; rm -rf "$d"',
  'd+=$(mktemp -d); rm -rf "$d"',
  'false && echo x > src/app.ts; rm src/app.ts',
  'if a; then echo x > src/app.ts; fi; rm src/app.ts',
  'echo x >> src/app.ts; rm src/app.ts',
  'curl -o /tmp/probe https://example.org/x; go build -o /tmp/probe ./x; /tmp/probe',
  'cc -x c - -o /tmp/probe <<< "int main(){}"; /tmp/probe',
  'cat > probe.c <<< "int main(){}"; cc probe.c -o /tmp/probe; /tmp/probe',
  'cc probe.c -o /tmp/other; /tmp/probe',
];

describe('what a line makes itself', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const verdict = (line: string) =>
    tester.judge(line, { policy: { autoApprove: 'contained' } }).ruling.verdict;

  for (const line of OWN) it(`${line} – does not ask`, () => assert.equal(verdict(line), 'allow'));
  for (const line of NOT_OWN) it(`${line} – asks`, () => assert.equal(verdict(line), 'ask'));
});
