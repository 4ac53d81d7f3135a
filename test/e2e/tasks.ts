// Tasks that a test adds to the sample workspace before it is opened.
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Label to command line, or to the labels of the tasks that it starts all at once. */
export type TestTasks = Readonly<Record<string, string | readonly string[]>>;

export function addTasks(folder: string, tasks: TestTasks): void {
  const file = path.join(folder, '.vscode', 'tasks.json');
  const written = JSON.parse(fs.readFileSync(file, 'utf8'));
  const presentation = { panel: 'dedicated', reveal: 'silent', focus: false };
  const added = Object.entries(tasks).map(([label, what]) =>
    typeof what === 'string'
      ? {
          label,
          type: 'interlock',
          command: what,
          agent: 'Sample agent',
          problemMatcher: [],
          presentation,
        }
      : { label, dependsOn: what, dependsOrder: 'parallel', problemMatcher: [] },
  );
  fs.writeFileSync(file, JSON.stringify({ ...written, tasks: [...written.tasks, ...added] }));
}
