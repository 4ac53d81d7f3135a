// Rules on tools that change the tables of a database for the workspace's code.
import type { Call, Rule } from '../types.ts';
import { words } from '../words.ts';
import { text, tool } from './databaseToolRule.ts';

const MIGRATIONS = words(
  'prisma rails rake alembic knex sequelize sequelize-cli typeorm drizzle-kit flyway liquibase hasura manage.py django-admin django mix artisan dbmate goose migrate sqitch atlas mikro-orm diesel sqlx sea-orm-cli laravel bin/rails php python python3 flask dotnet supabase npx phinx doctrine',
);

const RESETS =
  /\b(ef database (drop|update 0)|migrations? remove|migrate(:| )fresh|migrate fresh|database reset|schema:update --force|schema apply .*--auto-approve|db execute|migrate \S+ zero|push .*--force|delete_all|destroy_all|objects\.all\(\)\.delete|dbshell|migrate[: ]reset|migrate:fresh|migrate:refresh|migrate:rollback|db[: ]reset|db[: ]drop|db[: ]purge|db:schema:load|db:migrate:reset|database:reset|schema:drop|doctrine:database:drop|database drop|ecto\.(drop|reset|rollback)|db push .*--(accept-data-loss|force-reset)|--force-reset|--accept-data-loss|downgrade|flush|reset_db|sqlflush|drop-all|dropAll|schema:sync|clean|undo|undo:all|down|drop|wipe|db:wipe|revert|rollback|purge|db:truncate_all|truncate_all|db:seed:replant)\b/;

const MIGRATION_LOOKS =
  /^(migrate )?(status|current|history|heads|show|info|validate|check|version|list|branches|diff|update-sql|migrate:list|migration list|db:migrate:status|db:version|db:abort_if_pending_migrations|showmigrations|sqlmigrate \S+ \S+|diffsettings|migrations:status|migration:show|migrate:status|db current|db history|db heads)\b/;

function looksByMigration(call: Call): boolean {
  const line = text(call);
  if (!/^python3?$/.test(call.program))
    return MIGRATION_LOOKS.test(line) || /^migrate\b.*--plan\b/.test(line);
  const own = /^(\.\/)?manage\.py (.*)$/.exec(line)?.[2];
  return own !== undefined && (MIGRATION_LOOKS.test(own) || /^migrate\b.*--plan\b/.test(own));
}

/** The words without those that hold blanks: a message is no command. */
const unquoted = (call: Call) =>
  call.invocation.argv
    .slice(1)
    .flatMap(({ value }) => (value === undefined || /\s/.test(value) ? [] : [value]))
    .join(' ');

/** Rules on migrations. */
export const migrationRules: readonly Rule[] = [
  tool({
    id: 'databases/migrate-reset',
    programs: MIGRATIONS,
    when: {
      test: (call) => {
        const line = unquoted(call);
        const isRunner = /^(php|python|python3|npx|flask|dotnet)$/.test(call.program);
        if (
          isRunner &&
          !/\b(artisan|manage\.py|bin\/console|prisma|knex|sequelize|typeorm|drizzle-kit|bin\/rails|mikro-orm|flask db|ef (database|migrations))\b/.test(
            `${call.program} ${line}`,
          )
        )
          return false;
        if (call.program === 'mix' && !/ecto\./.test(line)) return false;
        if (/^(rake|rails)$/.test(call.program) && !/db:|drop|reset|_all\b/.test(line))
          return false;
        if (call.program === 'goose') return /(^|\s)(down|down-to|reset|redo)(\s|$)/.test(line);
        if (call.program === 'supabase' && !/\bdb reset\b/.test(line)) return false;
        return RESETS.test(line);
      },
    },
    why: 'It takes back or wipes the tables of the database.',
    alternative: 'Check which database is meant, and dump it first.',
    examples: {
      match: [
        'prisma migrate reset',
        'rails db:drop',
        'alembic downgrade base',
        'flyway clean',
        'python manage.py flush',
        'php artisan migrate:fresh',
      ],
      noMatch: [
        'prisma migrate status',
        'rails db:migrate',
        'alembic current',
        'alembic revision -m "drop column"',
        'php a.php',
      ],
    },
  }),
  tool({
    id: 'databases/migrate',
    programs: words(
      'prisma alembic knex sequelize sequelize-cli typeorm drizzle-kit flyway liquibase dbmate goose sqitch atlas diesel hasura rails django-admin django manage.py',
    ),
    when: {
      test: (call) =>
        !RESETS.test(unquoted(call)) &&
        !/\b(status|current|history|heads|show|info|validate|generate|format|version|studio|list|branches|check|migrate dev --create-only|--version|help|routes|console|server|runserver|shell|test|check|collectstatic|routes|about|stats|notes|diff|update-sql|generate|g|assets:precompile|zeitwerk:check|startapp|startproject|createsuperuser|makemessages|compilemessages)\b/.test(
          text(call),
        ),
    },
    verb: 'modify',
    severity: 'moderate',
    reversible: 'effort',
    why: 'It changes the tables of the database.',
    alternative: 'Look at the pending changes first, and at which database is meant.',
    examples: {
      match: ['alembic upgrade head', 'prisma migrate deploy'],
      noMatch: ['alembic current', 'prisma generate'],
    },
  }),
  tool({
    id: 'databases/migrate-look',
    programs: [...MIGRATIONS, 'flask'],
    when: {
      test: (call) =>
        !RESETS.test(text(call)) &&
        !/^(php|npx|mix|supabase|dotnet)$/.test(call.program) &&
        (!/^(rake|rails|bin\/rails)$/.test(call.program) ||
          /^db:(migrate:status|version|abort_if_pending_migrations)$/.test(text(call))) &&
        looksByMigration(call),
    },
    verb: 'execute-code',
    severity: 'minor',
    reversible: 'effort',
    reach: 'workspace',
    target: 'none',
    why: "It asks which changes of the tables are applied, and runs the workspace's own code for it.",
    recovery: 'Version control has the sources.',
    examples: {
      match: [
        'alembic current',
        'prisma migrate status',
        'rails db:migrate:status',
        'python manage.py showmigrations',
        'flyway info',
      ],
      noMatch: ['alembic upgrade head', 'python manage.py migrate', 'python tool.py'],
    },
  }),
  tool({
    id: 'databases/runner-loss',
    programs: ['rails', 'gitlab-rails', 'bin/rails'],
    when: {
      test: (call) =>
        /^(runner|r)\b/.test(text(call)) &&
        /\.(destroy|delete)(_all|_by|!)?\b|drop_table|truncate|\.execute\b/.test(text(call)),
    },
    why: 'It runs code of the application that deletes records.',
    examples: {
      match: ["gitlab-rails runner 'Project.find(1).destroy'"],
      noMatch: ["rails runner 'puts User.count'"],
    },
  }),
];
