// The script that activates a Python environment is known by all of its lines; one more line makes it any script.
import assert from 'node:assert/strict';
import { isActivation } from '../../../../src/core/shell/activation.ts';

const FILE = '/w/.venv/bin/activate';
const SCRIPT = [
  '# for bash',
  'deactivate () {',
  '    if [ -n "${_OLD_VIRTUAL_PATH:-}" ] ; then',
  '        PATH="${_OLD_VIRTUAL_PATH:-}"',
  '        export PATH',
  '        unset _OLD_VIRTUAL_PATH',
  '    fi',
  '    if [ ! "${1:-}" = "nondestructive" ] ; then',
  '        unset -f deactivate',
  '    fi',
  '}',
  'deactivate nondestructive',
  'VIRTUAL_ENV="/w/.venv"',
  'export VIRTUAL_ENV',
  '_OLD_VIRTUAL_PATH="$PATH"',
  'PATH="$VIRTUAL_ENV/bin:$PATH"',
  'export PATH',
  'PS1="(.venv) ${PS1:-}"',
  'hash -r 2> /dev/null',
  '',
].join('\n');

describe('the script of a Python environment', () => {
  it('is known where it belongs', () => {
    assert.ok(isActivation(SCRIPT, FILE));
    assert.ok(!isActivation(SCRIPT, '/w/other/bin/activate'));
    assert.ok(!isActivation(SCRIPT, '/w/.venv/bin/activate.sh'));
    assert.ok(!isActivation('', FILE));
  });

  for (const line of [
    'touch made',
    'unset PATH',
    'PATH="${_OLD_VIRTUAL_PATH:-}"',
    'PATH="/tmp/x:$PATH"',
    'PATH="$VIRTUAL_ENV/other:$PATH"',
    'VIRTUAL_ENV="/tmp/x"',
    'VIRTUAL_ENV="/w/.venv"; touch made',
    'VIRTUAL_ENV=/w/.venv touch made',
    'export VIRTUAL_ENV=$(touch made)',
    'VIRTUAL_ENV=$(cygpath "/w/.venv"; touch made)',
    'VIRTUAL_ENV_PROMPT="$(touch made)"',
    'VIRTUAL_ENV_PROMPT="`touch made`"',
    'PS1="$(touch made) ${PS1:-}"',
    'PS1="\\$(touch made) ${PS1:-}"',
    'PS1="${PS1:-}$(touch made)"',
    'if [ -n "$(touch made)" ] ; then',
    'if [ -n "${X:-}" ] ; then touch made',
    'export PATH=/tmp/x',
    'export LD_PRELOAD',
    'hash -r; touch made',
    'hash -p /tmp/x ls',
    'unset -f deactivate; touch made',
    'VIRTUAL_ENV_PROMPT="open',
    'deactivate nondestructive touch',
    '} ; touch made',
    '# open \\\ntouch made',
  ]) {
    it(`is another script with \`${line}\``, () => {
      assert.ok(!isActivation(`${SCRIPT}${line}\n`, FILE));
      assert.ok(!isActivation(`${line}\n${SCRIPT}`, FILE));
    });
  }

  it('a folder whose name is code is none', () => {
    for (const name of ['/w/$(touch made)', '/w/`touch made`', '/w/a"b', "/w/a'b", '/w/a b']) {
      const script = SCRIPT.replace('"/w/.venv"', name);
      assert.ok(!isActivation(script, `${name}/bin/activate`), name);
      const quoted = SCRIPT.replace('/w/.venv', name);
      assert.equal(
        isActivation(quoted, `${name}/bin/activate`),
        name === '/w/a b' || name === "/w/a'b",
        name,
      );
    }
  });
});
