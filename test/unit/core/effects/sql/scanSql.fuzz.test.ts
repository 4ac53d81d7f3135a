// Properties of the SQL scanner on texts that nobody would write.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { scanSql } from '../../../../../src/core/effects/sql/scanSql.ts';
import { badness } from '../../../../../src/core/effects/sql/sqlTypes.ts';

const PIECES = [
  'select',
  'drop',
  'table',
  'delete',
  'from',
  'update',
  'set',
  'where',
  'with',
  'as',
  '(',
  ')',
  ';',
  ',',
  '=',
  '1',
  'a',
  "'",
  "''",
  '"',
  '`',
  '--',
  '/*',
  '*/',
  '/*!',
  '#',
  '$$',
  '$t$',
  '\\',
  '\\!',
  '\\g',
  '\n',
  ' ',
  '.',
  '.shell',
  'go',
  'delimiter //',
  '//',
  'explain',
  'analyze',
  'copy',
  'to',
  'stdout',
  "E'",
  '[',
  ']',
  '{',
  '\u0000',
  'é',
];
const text = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 40 })
  .map((pieces) => pieces.join(' '));
const worst = (sql: string) => Math.max(-1, ...scanSql(sql).map(({ kind }) => badness(kind)));

describe('SQL scanner on anything', () => {
  it('always gives an answer', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ maxLength: 200 })), (sql) => {
        for (const { kind, statement } of scanSql(sql)) {
          assert.ok(badness(kind) >= 0, `a kind without a place: ${kind}`);
          assert.ok(statement.length <= 80);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('what stands in front of a DROP never hides it', () => {
    fc.assert(
      fc.property(text, (before) => {
        assert.ok(worst(`${before}\n;\ndrop table users`) >= badness('drop'), before);
      }),
      {
        numRuns: 3000,
        // What is still a string, a comment or a client command there is not run as a statement; that it
        // does not end makes it `unknown`, which is worse than a drop.
      },
    );
  });

  it('blanks and comments between the words change nothing', () => {
    const statements = [
      'drop table users',
      'delete from users',
      'truncate users',
      'update a set b = 1 where 1 = 1',
    ];
    const gap = fc.constantFrom(' ', '\n', '\t', '/* x */', ' /**/ ', '-- x\n');
    fc.assert(
      fc.property(
        fc.constantFrom(...statements),
        fc.array(gap, { minLength: 12, maxLength: 12 }),
        (statement, gaps) => {
          const spelled = statement
            .split(' ')
            .map((word, index) => word + (gaps[index] ?? ' '))
            .join('');
          assert.ok(worst(spelled) >= worst(statement), spelled);
        },
      ),
    );
  });
});
