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

/** `degraded`: why commands cannot be read. */
export function statusText(held: readonly HeldItem[], degraded: string | undefined): StatusText {
  const waiting = held.length === 0 ? '' : `${held.length} held`;
  const state = degraded === undefined ? '' : 'degraded';
  const words = ['Interlock', waiting, state].filter((word) => word !== '').join(', ');
  const icon = degraded === undefined ? '$(shield)' : '$(warning)';
  const rest = [waiting, state].filter((word) => word !== '').join(', ');
  return {
    text: `${icon} ${rest === '' ? 'Interlock' : `Interlock: ${rest}`}`,
    tooltip: tooltipOf(held, degraded),
    label: words,
    tone: held.some(isGrave) ? 'error' : rest === '' ? 'plain' : 'warning',
  };
}

function tooltipOf(held: readonly HeldItem[], degraded: string | undefined): string {
  const grave = held.filter(isGrave).length;
  const waiting =
    held.length === 0
      ? 'No command waits for you.'
      : `${count(held.length, 'command')} of agents wait for you${grave > 0 ? `, ${grave} HIGH or CRITICAL` : ''}. Click to see.`;
  return degraded === undefined
    ? waiting
    : `${waiting}\nThe gate is degraded: every command asks, because commands cannot be read. ${showText(degraded)}\nReinstall the extension and reload the window.`;
}
