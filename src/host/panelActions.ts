// Which command of the editor stands behind a button of the panel.
// Invariant: nothing else can be run from the panel; what approves or loosens asks in a modal of its own.
import { commandIds } from '../contributions.ts';
import type { PanelAction } from '../shared/protocol.ts';

/** Missing: not to be had in this version. */
export const actionCommands: Readonly<Partial<Record<PanelAction, string>>> = {
  openLog: commandIds.openLog,
  openSettings: commandIds.openSettings,
  openWalkthrough: commandIds.openWalkthrough,
  testRules: commandIds.testRules,
  listGrants: commandIds.listGrants,
  stopAgent: commandIds.stopAgent,
  liftLockdown: commandIds.liftLockdown,
};
