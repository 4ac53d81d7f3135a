// Stops the agent, and lets it go on.
// Invariant: stopping acts at once; going on is asked about in a modal that only a person can answer (I9).
import type { GateService } from './gateService.ts';
import type { PolicyDesk } from './policyDesk.ts';
import type { Prompts } from './prompts.ts';

export interface LockdownDeps {
  gate: GateService;
  desk: PolicyDesk;
  prompts: Prompts;
}

/** Acts at once. */
export function stopAgent({ gate, prompts }: LockdownDeps): void {
  gate.stopAgent();
  prompts.inform(
    'The agent was stopped: what runs is being ended, what waited was denied, and nothing runs until you lift the lockdown.',
  );
}

/** Asks first; nothing happens where the question is closed. */
export async function liftLockdown({
  desk,
  prompts,
}: Pick<LockdownDeps, 'desk' | 'prompts'>): Promise<void> {
  await desk.ready();
  const { lockdown } = desk;
  if (!lockdown) return prompts.inform('Nothing is locked down: the agent may submit commands.');
  const detail = [
    `Nothing has run since ${new Date(lockdown.since).toLocaleString()}. ${lockdown.why}`,
    'When the lockdown is lifted it can submit commands again, and the rules decide on them as before.',
  ].join('\n');
  const choice = await prompts.modal('Lift the lockdown?', detail, ['Stay Stopped', 'Lift It']);
  if (choice === 'Lift It') desk.liftLockdown();
}
