// Shows what the settings cannot be used for: a Problems entry at its place in the file, and one toast when it is new.
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { commandIds, settings as declared } from '../contributions.ts';
import type { PolicyProblem } from '../core/policy/types.ts';
import { showInMessage } from '../core/session/display.ts';
import type { Assessor } from '../node/assessor.ts';
import { count } from './messages.ts';
import { schedule } from './schedule.ts';
import { ruleSources } from './settings.ts';
import type { SettingsGuard } from './settingsGuard.ts';
import { placeOf } from './settingsPlaces.ts';

/** Milliseconds after the start of the window; trying the examples of rules loads the grammar. */
const FIRST_CHECK_MS = 1000;

/** Follows the settings and the files that they stand in. */
export function registerSettingsProblems(
  settings: SettingsGuard,
  assessor: Assessor,
  context: vscode.ExtensionContext,
): vscode.Disposable {
  const shown = new SettingsProblems(settings, assessor, userFileOf(context));
  const atStart = schedule(FIRST_CHECK_MS, () => void shown.update());
  const isOurs = ({ uri }: vscode.TextDocument) =>
    /settings\.json$|\.code-workspace$/.test(uri.path);
  return vscode.Disposable.from(
    shown,
    atStart,
    settings.onDidChange(() => void shown.update()),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (isOurs(document)) void shown.update();
    }),
    vscode.workspace.onDidSaveTextDocument((document) => {
      if (isOurs(document)) void shown.update();
    }),
  );
}

class SettingsProblems implements vscode.Disposable {
  private readonly diagnostics = vscode.languages.createDiagnosticCollection('interlock');
  /** What was told in a toast. */
  private told = '';

  constructor(
    private readonly settings: SettingsGuard,
    private readonly assessor: Assessor,
    private readonly userFile: string,
  ) {}

  dispose(): void {
    this.diagnostics.dispose();
  }

  async update(): Promise<void> {
    // Rules with examples are tried by the grammar, which loads behind the start.
    const tried = await this.assessor.checkedPolicy();
    const known = new Set(this.settings.current.policy.problems.map(keyOf));
    const failed = tried.problems.filter((problem) => !known.has(keyOf(problem)));
    const problems = [...this.settings.current.policy.problems, ...failed];
    this.mark(problems);
    const key = problems.map(keyOf).join('\n');
    if (key === this.told) return;
    this.told = key;
    toastAbout(problems);
  }

  private mark(problems: readonly PolicyProblem[]): void {
    const byFile = new Map<string, [vscode.Uri, vscode.Diagnostic[]]>();
    for (const problem of problems) {
      const found = this.find(problem);
      if (!found) continue;
      const [uri, diagnostic] = found;
      const entry = byFile.get(uri.toString()) ?? [uri, []];
      entry[1].push(diagnostic);
      byFile.set(uri.toString(), entry);
    }
    this.diagnostics.clear();
    this.diagnostics.set([...byFile.values()]);
  }

  private find(problem: PolicyProblem): [vscode.Uri, vscode.Diagnostic] | undefined {
    const { file, index, isNested } = fileOf(problem, this.userFile);
    const document = vscode.workspace.textDocuments.find(({ uri }) => isSameFile(uri, file));
    const text = document?.getText() ?? textOnDisk(file);
    if (text === undefined) return undefined;
    const place = placeOf(text, [
      ...(isNested ? ['settings'] : []),
      problem.setting,
      ...(index === undefined ? [] : [index]),
      ...(problem.field === undefined ? [] : [problem.field]),
    ]);
    if (!place) return undefined;
    const range = new vscode.Range(positionIn(text, place.start), positionIn(text, place.end));
    const hint = problem.suggestion === undefined ? '' : ` Try ${problem.suggestion}.`;
    const message = `${problem.message}${hint}`;
    const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
    diagnostic.source = 'Interlock';
    return [document?.uri ?? vscode.Uri.file(file), diagnostic];
  }
}

/** The file in which a problem stands, and the index of the entry in that file's own list. */
function fileOf(
  { setting, index }: PolicyProblem,
  userFile: string,
): { file: string; index: number | undefined; isNested: boolean } {
  if (setting !== declared.workspaceRules.key || index === undefined)
    return { file: userFile, index, isNested: false };
  let rest = index;
  for (const { file, value } of ruleSources(setting)) {
    const length = Array.isArray(value) ? value.length : 1;
    if (rest < length) {
      const isNested = file?.endsWith('.code-workspace') === true;
      return { file: file ?? userFile, index: Array.isArray(value) ? rest : undefined, isNested };
    }
    rest -= length;
  }
  return { file: userFile, index, isNested: false };
}

/** The user's settings of the editor in which this host's storage lies. */
function userFileOf(context: vscode.ExtensionContext): string {
  return path.resolve(context.globalStorageUri.fsPath, '..', '..', 'settings.json');
}

/** The editor opens the user's settings under a scheme of its own. */
function isSameFile(uri: vscode.Uri, file: string): boolean {
  if (uri.scheme === 'file') return uri.fsPath === file;
  const isUserFile = path.basename(path.dirname(file)) === 'User';
  return isUserFile && /\/User\/settings\.json$/.test(uri.path);
}

function textOnDisk(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

function positionIn(text: string, offset: number): vscode.Position {
  const before = text.slice(0, offset).split('\n');
  return new vscode.Position(before.length - 1, before.at(-1)?.length ?? 0);
}

function toastAbout(problems: readonly PolicyProblem[]): void {
  const [first] = problems;
  if (!first) return;
  const place =
    first.index === undefined ? first.setting : `${first.setting}, entry ${first.index + 1}`;
  const more = problems.length > 1 ? ` (${count(problems.length, 'problem')} in all)` : '';
  // A repository may have written what stands in it.
  const text = showInMessage(`Interlock cannot use ${place}: ${first.message}${more}`);
  const openSettings = 'Open Settings';
  void vscode.window.showWarningMessage(text, openSettings).then((choice) => {
    if (choice === openSettings) void vscode.commands.executeCommand(commandIds.openSettings);
  });
}

function keyOf({ setting, index, field, message }: PolicyProblem): string {
  return [setting, index, field, message].join(' ');
}
