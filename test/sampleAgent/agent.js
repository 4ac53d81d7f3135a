// A scripted agent: submits the workspace's interlock tasks in their order and takes what comes back, as an agent would.
// It knows nothing of Interlock but the task type, so it can submit and cannot approve.
const vscode = require('vscode');

/** @param {vscode.ExtensionContext} context */
exports.activate = (context) => {
  const diary = vscode.window.createOutputChannel('Sample Agent');
  context.subscriptions.push(
    diary,
    vscode.commands.registerCommand('sampleAgent.run', () => work(diary)),
  );
  void work(diary);
};

/** @param {vscode.OutputChannel} diary */
async function work(diary) {
  const tasks = await vscode.tasks.fetchTasks({ type: 'interlock' });
  for (const task of tasks.filter(({ source }) => source === 'Workspace')) {
    const { command, intent } = task.definition;
    diary.appendLine(`${intent}\n  $ ${command}`);
    const exitCode = await run(task);
    diary.appendLine(exitCode === 126 ? '  It was not run.' : `  Exit code ${exitCode}.`);
  }
  diary.appendLine('That is all. "Interlock: Run the Sample Agent" starts again.');
}

/** @param {vscode.Task} task @returns {Promise<number | undefined>} its exit code */
async function run(task) {
  const ended = new Promise((resolve) => {
    const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      if (execution.task.name !== task.name) return;
      listening.dispose();
      resolve(exitCode);
    });
  });
  await vscode.tasks.executeTask(task);
  return ended;
}
