// I7: what a workspace writes into its settings can make the gate stricter, never looser.
import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { settings } from '../../src/contributions.ts';
import {
  eventsOf,
  runCommand,
  startedExtension,
  until,
  untilHeld,
  workspaceFolder,
} from './editor.ts';

const LOOSENING = {
  [settings.autoApprove.key]: 'contained',
  [settings.rules.key]: [{ match: 'rm **', action: 'allow', upTo: 'HIGH' }],
  [settings.disposablePaths.key]: ['**/notes', '**/notes/**'],
};

describe('settings of the workspace', () => {
  const file = () => path.join(workspaceFolder(), '.vscode', 'settings.json');

  before(startedExtension);
  afterEach(async () => {
    fs.rmSync(file(), { force: true });
    await until(
      'the settings are gone',
      () => ofWorkspace(settings.workspaceRules.key) === undefined,
    );
  });

  it('I7 – cannot loosen: the same command is held with the same score', async () => {
    const score = await scoreWhenHeld('rm -rf notes # before');
    await write({ ...LOOSENING, [settings.workspaceRules.key]: [] });
    assert.equal(await scoreWhenHeld('rm -rf notes # after!'), score);
  });

  it('I7 – can tighten: what ran by itself is held', async () => {
    await write({ [settings.workspaceRules.key]: [{ match: 'cat **', action: 'ask' }] });
    void runCommand('cat README.md # asks');
    await untilHeld('cat README.md # asks');
  });

  it('I7 – an allow rule of a workspace allows nothing', async () => {
    await write({ [settings.workspaceRules.key]: [{ match: 'rm **', action: 'allow' }] });
    void runCommand('rm -rf notes # allow?');
    await untilHeld('rm -rf notes # allow?');
  });

  async function write(values: Record<string, unknown>): Promise<void> {
    fs.writeFileSync(file(), JSON.stringify(values));
    await until(
      'the settings are read',
      () => ofWorkspace(settings.workspaceRules.key) !== undefined,
    );
  }
});

function ofWorkspace(key: string): unknown {
  return vscode.workspace.getConfiguration().inspect(key)?.workspaceValue;
}

async function scoreWhenHeld(command: string): Promise<number> {
  void runCommand(command);
  await untilHeld(command);
  const assessment = eventsOf(command).find(({ type }) => type === 'assessment');
  assert.ok(assessment?.type === 'assessment');
  return assessment.assessment.score;
}
