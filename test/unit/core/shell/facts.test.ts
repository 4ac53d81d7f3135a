// Every fact that was checked about how the shell grammar misreads bash, as a test of what the analyser makes of it.
// Invariant: each case names the program that bash would run, or demands that the text is called not understood.
import assert from 'node:assert/strict';
import { analyzeShell } from '../../../../src/core/shell/analyze.ts';
import type { ShellAnalysis, ShellDialect } from '../../../../src/core/shell/types.ts';
import { createTester, type Tester, testContext, testParser } from '../../../helpers/analysis.ts';

/** The argv of each program, dynamic words as `{text}`. */
function argvs(analysis: ShellAnalysis): string[][] {
  return analysis.invocations
    .filter((invocation) => invocation.argv.length > 0)
    .map((invocation) => invocation.argv.map((word) => word.value ?? `{${word.text}}`));
}

describe('facts about parsing shell', () => {
  let tester: Tester;

  before(async () => {
    tester = await createTester();
  });

  /** Bash runs exactly these programs with these words. */
  function runs(text: string, ...wanted: string[][]): void {
    it(JSON.stringify(text), () => {
      const analysis = tester.read(text);
      assert.deepEqual(argvs(analysis).sort(), [...wanted].sort());
      assert.deepEqual(analysis.notUnderstood, []);
    });
  }

  /** Bash runs this program among others; the rest of the line may be not understood. */
  function finds(text: string, ...wanted: string[]): void {
    it(JSON.stringify(text), () => {
      const found = argvs(tester.read(text)).map((argv) => argv.join(' '));
      assert.ok(found.includes(wanted.join(' ')), `found only: ${found.join(' | ')}`);
    });
  }

  function isNotUnderstood(text: string, code?: string): void {
    it(`${JSON.stringify(text)} is not understood`, () => {
      const { notUnderstood } = tester.read(text);
      assert.ok(notUnderstood.length > 0, 'the line was taken as understood');
      assert.equal(code ?? notUnderstood[0]?.code, notUnderstood[0]?.code);
      assert.notEqual(tester.judge(text).ruling.verdict, 'allow');
    });
  }

  describe('a reserved word right behind the redirect of a compound is an error', () => {
    for (const text of [
      'case x in a) { cat; } <<-X esac',
      'if { ls; } >f then ls; fi',
      '{ { ls; } >f }',
      'while { ls; } >f do ls; done',
      'if ls; then { ls; } >f fi',
    ])
      isNotUnderstood(text, 'syntax-error');
    runs('if ls; then { ls; } fi', ['ls'], ['ls']);
    runs('( { ls; } >f )', ['ls']);
    runs('{ { ls; } >f ; }; { (ls) >f\n}', ['ls'], ['ls']);
  });

  describe('1 – words after a redirect are arguments', () => {
    runs('rm > /dev/null -rf x', ['rm', '-rf', 'x']);
    runs('git 2>&1 push --force', ['git', 'push', '--force']);
    runs('find >l . -delete', ['find', '.', '-delete']);
    runs('sudo >l rm -rf x', ['sudo', 'rm', '-rf', 'x'], ['rm', '-rf', 'x']);
    runs('rm<f x', ['rm', 'x']);
    runs('rm -rf 2>/dev/null x', ['rm', '-rf', 'x']);
    runs('cat <<X -n\nbody\nX\n', ['cat', '-n']);
    finds('bash <<X -s\nrm -rf y\nX\n', 'rm', '-rf', 'y');
  });

  describe('brackets of a test that do not match are an error', () => {
    for (const text of ['[[ a == ((((( ]]', '[[ ( a ]] && ls', '[[ a ) ]]; rm x'])
      isNotUnderstood(text, 'syntax-error');
    it('and those that match are none', () => {
      const text = '[[ ( a == b || ( c ) ) && d == @(x|y) ]] && rm x';
      assert.deepEqual(tester.read(text).notUnderstood, []);
    });
  });

  describe('2 – a keyword before a compound', () => {
    runs('time { rm x; }', ['rm', 'x']);
    runs('coproc { rm x; }', ['rm', 'x']);
    runs('! { rm x; }', ['rm', 'x']);
    runs('time if true; then rm x; fi', ['true'], ['rm', 'x']);
    runs('! while true; do rm x; done', ['true'], ['rm', 'x']);
    runs('time -p { rm x; }', ['rm', 'x']);
    runs('! time { rm x; }', ['rm', 'x']);
    isNotUnderstood('ls || coproc', 'syntax-error');
    isNotUnderstood('coproc\nls', 'syntax-error');
  });

  describe('3 – backticks in a heredoc body', () => {
    runs('cat <<X\n`rm y`\nX\n', ['rm', 'y'], ['cat']);
    runs("cat <<'X'\n`rm y`\nX\n", ['cat']);
    runs('cat <<X\n\\`rm y\\`\nX\n', ['cat']);
    runs('cat <<X\n$(rm y)\nX\n', ['rm', 'y'], ['cat']);
  });

  describe('4 – text inside ${x:-…}', () => {
    finds('echo ${x:-`rm y`}', 'rm', 'y');
    finds('echo "${x:-`rm y`}"', 'rm', 'y');
    finds(`echo "\${x:-'$(rm y)'}"`, 'rm', 'y');
    it('single quotes in an unquoted ${x:-…} keep a substitution from running', () => {
      const found = argvs(tester.read("echo ${x:-'$(rm y)'}")).map((argv) => argv[0]);
      assert.deepEqual(found, ['echo']);
    });
  });

  describe('5 – subscripts that are evaluated', () => {
    for (const line of [
      "test -v 'x[$(rm y)]'",
      "[ -v 'x[$(rm y)]' ]",
      "[[ -v 'x[$(rm y)]' ]]",
      "[[ 'x[$(rm y)]' -eq 1 ]]",
      "[[ 1 -eq 'x[$(rm y)]' ]]",
      "printf -v 'x[$(rm y)]' a",
      "read 'x[$(rm y)]' <f",
      "let 'x[$(rm y)]=1'",
      "declare 'x[$(rm y)]=1'",
      "x=(1); unset 'x[$(rm y)]'",
      "mapfile -C 'rm y' -c 1 <f",
      "v='x[$(rm y)]'; echo $((v))",
      "test -v 'x[`rm y`]'",
    ]) {
      it(`${line} is asked about as HIGH`, () => {
        const { assessment, ruling } = tester.judge(line);
        assert.equal(ruling.verdict, 'ask');
        assert.ok(['HIGH', 'CRITICAL'].includes(assessment.level), assessment.level);
      });
    }
    runs("export 'x[$(rm y)]=1'", ['export', 'x[$(rm y)]=1']);
    runs("[ 1 -eq 'x[$(rm y)]' ]", ['[', '1', '-eq', 'x[$(rm y)]', ']']);
  });

  describe('6 – zero commands is not nothing to approve', () => {
    for (const line of [
      '> f',
      'A=b',
      'export PATH=/tmp/x',
      'unset PATH',
      '((x=1))',
      '[[ -f a ]]',
      'PATH=/tmp/x',
    ]) {
      it(`${line} is an invocation with an effect`, () => {
        assert.ok(tester.read(line).invocations.length > 0);
        assert.ok(tester.effects(line).length > 0);
      });
    }
    it('> f is not released by the default policy', () => {
      assert.equal(tester.judge('> f').ruling.verdict, 'ask');
    });
  });

  describe('7 – control characters', () => {
    for (const [name, text] of [
      ['carriage return', 'echo a\rrm -rf x'],
      ['vertical tab', 'echo a\vrm x'],
      ['form feed', 'echo a\frm x'],
      ['ETX', 'echo a\x03rm x'],
      ['NAK', 'echo a\x15rm x'],
      ['SI', 'echo a\x0frm x'],
      ['ESC', 'echo a\x1b[2Jrm x'],
      ['NUL', 'echo a\0rm x'],
      ['DEL', 'echo a\x7frm x'],
      ['C1', 'echo a\x9brm x'],
    ] as const) {
      it(`${name} is not understood, and what stands behind it is still named`, () => {
        const analysis = tester.read(text);
        assert.equal(analysis.notUnderstood[0]?.code, 'control-character');
        assert.equal(tester.judge(text).ruling.verdict, 'ask');
      });
    }
    runs('echo a\nrm x', ['echo', 'a'], ['rm', 'x']);
    runs('echo\ta', ['echo', 'a']);
  });

  describe('8 – characters that only look like blanks belong to the word', () => {
    runs('rm\u00a0-rf x', ['rm\u00a0-rf', 'x']);
    runs('rm\u2028-rf x', ['rm\u2028-rf', 'x']);
    runs('r\u200bm x', ['r\u200bm', 'x']);
    runs('\ufeffrm x', ['\ufeffrm', 'x']);
    runs('\u3000', ['\u3000']);
  });

  describe('9 – spellings of a program name', () => {
    runs('r\\\nm -rf x', ['rm', '-rf', 'x']);
    runs("r''m -rf x", ['rm', '-rf', 'x']);
    runs('"rm" -rf x', ['rm', '-rf', 'x']);
    runs('\\rm -rf x', ['rm', '-rf', 'x']);
    runs("$'\\x72m' -rf x", ['rm', '-rf', 'x']);
    runs("$'\\162m' -rf x", ['rm', '-rf', 'x']);
    runs("$'\\u0072m' -rf x", ['rm', '-rf', 'x']);
    runs('rm${IFS}-rf x', ['rm', '-rf', 'x']);
    runs("echo 'r\\\nm'", ['echo', 'r\\\nm']);
    isNotUnderstood('$UNKNOWN -rf x', 'dynamic-program');
    isNotUnderstood('r$(echo m)$UNKNOWN x', 'dynamic-program');
    it('spans point into the original text behind a continued line', () => {
      const text = 'r\\\nm x; echo b';
      const last = tester.read(text).invocations.at(-1);
      assert.equal(text.slice(last?.span.start, last?.span.end), 'echo b');
    });
  });

  describe('10 – the shell that runs the line decides', () => {
    function isRefusedBy(dialect: ShellDialect, text: string): void {
      it(`${dialect}: ${text} is not understood`, async () => {
        const shell = { ...testContext().shell, dialect };
        const { notUnderstood } = analyzeShell(text, await testParser(), shell);
        assert.ok(notUnderstood.length > 0);
      });
    }
    isRefusedBy('zsh', 'repeat 2 rm x');
    isRefusedBy('zsh', '=rm x');
    isRefusedBy('fish', 'begin; rm x; end');
    isRefusedBy('fish', 'echo (rm x)');
    isRefusedBy('powershell', 'Remove-Item x');
    isRefusedBy('cmd', 'del x');
    isRefusedBy('unknown', 'rm x');
    runs('repeat 2 rm x', ['repeat', '2', 'rm', 'x']);
  });

  describe('11 – a redirect before a pipe belongs to the last command of the list', () => {
    it('cd stays in force behind `cd a && make 2>&1 | tail`', async () => {
      const text = 'cd a && rm -rf . 2>&1 | tee log; rm -rf y';
      const files = { read: () => undefined, isDirectory: () => true };
      const shell = { ...testContext().shell, files };
      const analysis = analyzeShell(text, await testParser(), shell);
      const last = analysis.invocations.at(-1);
      assert.deepEqual(argvs(analysis).at(-1), ['rm', '-rf', 'y']);
      assert.deepEqual(last?.cwd, { kind: 'known', path: '/home/dev/app/a' });
    });
    it('only the stages of the pipeline are piped', () => {
      const { invocations } = tester.read('cd a && make 2>&1 | tail');
      assert.deepEqual(
        invocations.map((invocation) => invocation.pipedTo.length),
        [0, 1, 0],
      );
    });
  });

  describe('valid bash on which the grammar reports an error', () => {
    runs('cat <<X; rm y\nbody\nX\n', ['cat'], ['rm', 'y']);
    runs('cat <<X > f | rm y\nbody\nX\n', ['cat'], ['rm', 'y']);
    runs('cat <<A && rm <<B\na\nA\nb\nB\n', ['cat'], ['rm']);
    runs('cat <<A <<B\na\nA\nb\nB\n', ['cat']);
    runs('<<X cat\nbody\nX\n', ['cat']);
    finds('cat <<X "$(rm y)" | sh\nls\nX\n', 'rm', 'y');
    runs('cat <<X\n\\$(rm y)\nX\n', ['cat']);
    runs('cat <<X\n$((1+2))\nX\n', ['cat']);
    runs('cat <<E"O"F\n$(rm y)\nEOF\n', ['cat']);
    runs('cat 1<>f', ['cat']);
    runs('cat {fd}<>f', ['cat']);
    runs('rm 2>&- -x', ['rm', '-x']);
    runs('{ { rm x; } }', ['rm', 'x']);
    runs('{rm,-rf,x}', ['rm', '-rf', 'x']);
  });

  describe('what bash gets wrong itself', () => {
    // bash runs `rm y`: it reads the brackets once as arithmetic and then again without the heredoc.
    isNotUnderstood('((cat <<X\nrm y\nX\n) | cat)', 'unsupported-construct');
    runs('( (cat <<X\nrm y\nX\n) | cat)', ['cat'], ['cat']);
  });

  describe('speed – long input gets an answer (how fast: the bench and the fuzz run)', () => {
    for (const [name, text] of [
      ['a word of 100 kB', 'a'.repeat(100_000)],
      ['5,000 &&', Array(5_000).fill('a').join(' && ')],
      ['2,000 nested $(', `${'$('.repeat(2_000)}a${')'.repeat(2_000)}`],
      ['20,000 (', '('.repeat(20_000)],
      ['18 kB of backticks', '`'.repeat(18_000)],
    ] as const) {
      it(name, () => {
        const { ruling } = tester.judge(text);
        assert.equal(ruling.verdict, 'ask');
      });
    }
  });

  describe('option spelling', () => {
    for (const [line, rule] of [
      ['rm --recurs --forc x', 'files/delete-recursive'],
      ['git reset --har', 'git/reset-hard'],
      ['git push --mirr', 'git/push-force'],
      ['git branch --del --forc x', 'git/branch-delete'],
      ['git clean -xdf', 'git/clean'],
      ['git push origin main -uf', 'git/push-force'],
      ['rm x -rf', 'files/delete-recursive'],
    ] as const) {
      it(`${line} is ${rule}`, () => {
        const rules = tester.effects(line).map((effect) => effect.rule);
        assert.ok(
          rules.some((id) => id.startsWith(rule)),
          rules.join(', '),
        );
      });
    }
    for (const [line, plain] of [
      ['sed --in-pl s/a/b/ f', 'sed -i s/a/b/ f'],
      ['sed -i.bak s/a/b/ f', 'sed -i s/a/b/ f'],
      ['sed s/a/b/ f -i', 'sed -i s/a/b/ f'],
      ['sort --comp=./x f', 'sort --compress-program=./x f'],
      ['curl -XDELETE https://h.example/x', 'curl -X DELETE https://h.example/x'],
    ] as const) {
      it(`${line} is judged like ${plain}`, () => {
        const rulesOf = (text: string): string[] =>
          tester.effects(text).map((effect) => effect.rule);
        assert.deepEqual(rulesOf(line), rulesOf(plain));
        assert.equal(tester.judge(line).assessment.level, tester.judge(plain).assessment.level);
      });
    }
    it('-- ends the options', () => {
      const rules = tester.effects('rm -- -rf').map((effect) => effect.rule);
      assert.deepEqual(rules, ['files/delete']);
    });
  });
});
