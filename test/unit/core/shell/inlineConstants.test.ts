// Names in a snippet that hold one constant text, and names of which that is not sure.
import assert from 'node:assert/strict';
import { constantsOf } from '../../../../src/core/shell/inline/constants.ts';
import { tokenize } from '../../../../src/core/shell/inline/lexer.ts';
import { createTester, type Tester } from '../../../helpers/analysis.ts';

const SURE: readonly (readonly ['python' | 'javascript', string, string])[] = [
  ['python', "p='a'\ns=open(p).read()\nopen(p,'w').write(s)", 'a'],
  ['python', "from pathlib import Path\np = Path('a')\np.write_text(p.read_text())", 'a'],
  ['python', 'import tempfile\np = tempfile.mkdtemp()\nshutil.rmtree(p)', '/tmp/its-own-folder'],
  ['javascript', "const p='a'; fs.writeFileSync(p, s);", 'a'],
];

const UNSURE: readonly (readonly ['python' | 'javascript', string])[] = [
  ['python', "p='a'\nfor p in x:\n  open(p,'w')"],
  ['python', "p='a'\np='b'"],
  ['python', "p='a'\np += 'b'"],
  ['python', "p='a' + x"],
  ['python', "p = 'a'.join(x)"],
  ['python', "p='a'\nx, p = f()"],
  ['python', "p='a'\n(x, p) = f()"],
  ['python', "p='a'\n[x for (y, p) in z]"],
  ['python', "p='a'\nwith open('x') as p: pass"],
  ['python', "p='a'\ndef f(p): open(p,'w')"],
  ['python', "p='a'\nf = lambda p: open(p,'w')"],
  ['python', "p='a'\nif (p := x): pass"],
  ['python', `p='a'\nf"{(p:=x)}"`],
  ['python', "p='a'\nfrom m import *"],
  ['python', "p='a'\nglobals()['p'] = x"],
  ['python', "p='a'\nimport x as p"],
  ['javascript', "let p='a'; fs.rmSync(p);"],
  ['javascript', "const p='a'; x.forEach((p) => fs.rmSync(p));"],
  ['javascript', "const p='a'; function f(p) { fs.rmSync(p); }"],
];

describe('constant names of a snippet', () => {
  let tester: Tester;
  before(async () => {
    tester = await createTester();
  });
  const textOf = (language: 'python' | 'javascript', code: string) =>
    constantsOf(language, tokenize(language, code) ?? []).get('p');
  const places = (code: string) =>
    tester.effects(`python3 - <<'E'\n${code}\nE`).map(({ rule, target }) => [rule, target.place]);

  for (const [language, code, value] of SURE)
    it(`${JSON.stringify(code)} – is known`, () => assert.equal(textOf(language, code), value));
  for (const [language, code] of UNSURE)
    it(`${JSON.stringify(code)} – is not`, () => assert.equal(textOf(language, code), undefined));

  it('an edit of a file of the workspace runs under contained, one outside asks', () => {
    const edit = (file: string) =>
      tester.judge(`python3 - <<'E'\np='${file}'\ns=open(p).read()\nopen(p,'w').write(s)\nE`, {
        policy: { autoApprove: 'contained' },
      }).ruling.verdict;
    assert.equal(edit('src/a.py'), 'allow');
    assert.equal(edit('/home/dev/.bashrc'), 'ask');
    assert.equal(edit('/opt/x/a.py'), 'ask');
  });

  it('a relative path lies somewhere else where the code goes to another folder', () => {
    const code = "import os\nos.chdir('/etc')\nopen('passwd','w').write('x')";
    assert.ok(
      places(code).some(([rule, place]) => rule === 'inline/overwrite' && place === 'unknown'),
    );
  });

  it('what a path of python writes into is the path, not the text', () => {
    const code = "from pathlib import Path\nPath('/home/dev/.bashrc').write_text('src/a.py')";
    assert.deepEqual(places(code), [['inline/overwrite', 'startup']]);
  });

  it('a file that the code wrote itself is no loss when it goes; others are', () => {
    const wrote = "import os\nopen('a.txt','w').write('x')\nos.remove('a.txt')";
    assert.ok(places(wrote).some(([rule]) => rule === 'inline/delete-own'));
    const other = "import os\nopen('b.txt','w').write('x')\nos.remove('a.txt')";
    assert.ok(places(other).some(([rule]) => rule === 'inline/delete'));
    const after = "import os\nos.remove('a.txt')\nopen('a.txt','w').write('x')";
    assert.ok(places(after).some(([rule]) => rule === 'inline/delete'));
  });
});
