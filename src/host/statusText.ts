// What the status bar says about the gate.
import { showText } from '../core/session/display.ts';
import type { HeldItem } from '../shared/protocol.ts';
import { isGrave } from './approvalText.ts';
import { count } from './messages.ts';

export interface StatusText {
  text: string;
  tooltip: string;
  /** For screen readers, without icons. */
  label: string;
  tone: 'plain' | 'warning' | 'error';
}

export interface GateState {
  held: readonly HeldItem[];
  /** Why commands cannot be read. */
  degraded: string | undefined;
  /** The agent was stopped. */
  isLocked: boolean;
  /** Commands are recorded, but not held. */
  isObserving: boolean;
  /** Changes of the settings that wait for a person. */
  waiting: number;
  /** Of the last line of the running session's log; undefined where none runs. */
  lastHash: string | undefined;
}

/** Never quieter than the state is: each of them has its word. */
export function statusText(state: GateState): StatusText {
  const { held, degraded, isLocked, isObserving, waiting } = state;
  const words = [
    isLocked ? 'stopped' : '',
    held.length === 0 ? '' : `${held.length} held`,
    isObserving ? 'observing only' : '',
    degraded === undefined ? '' : 'degraded',
    waiting === 0 ? '' : 'settings wait',
  ].filter((word) => word !== '');
  const rest = words.join(', ');
  const isBad = isLocked || held.some(isGrave);
  return {
    text: `${iconOf(state)} ${rest === '' ? 'Interlock' : `Interlock: ${rest}`}`,
    tooltip: tooltipOf(state),
    label: ['Interlock', ...words].join(', '),
    tone: isBad ? 'error' : rest === '' ? 'plain' : 'warning',
  };
}

function iconOf({ degraded, isLocked, isObserving }: GateState): string {
  if (isLocked) return '$(stop-circle)';
  if (degraded !== undefined) return '$(warning)';
  return isObserving ? '$(eye)' : '$(shield)';
}

function tooltipOf({
  held,
  degraded,
  isLocked,
  isObserving,
  waiting,
  lastHash,
}: GateState): string {
  const grave = held.filter(isGrave).length;
  const lines = [
    held.length === 0
      ? 'No command waits for you.'
      : `${count(held.length, 'command')} of agents wait for you${grave > 0 ? `, ${grave} HIGH or CRITICAL` : ''}. Click to see.`,
  ];
  if (isLocked)
    lines.push('The agent is stopped: nothing runs until you lift the lockdown in the panel.');
  if (isObserving)
    lines.push('Observe mode: commands are recorded, but only CRITICAL ones are held.');
  if (waiting > 0)
    lines.push(
      `${count(waiting, 'change')} of the settings would loosen the gate and wait for you: "Interlock: Review Settings".`,
    );
  if (degraded !== undefined)
    lines.push(
      `The gate is degraded: every command asks, because commands cannot be read. ${showText(degraded)}`,
      'Reinstall the extension and reload the window.',
    );
  // What a person writes down by hand can be compared with the log later.
  if (lastHash !== undefined) lines.push(`Recorded up to ${lastHash.slice(0, 8)}.`);
  return lines.join('\n');
}
