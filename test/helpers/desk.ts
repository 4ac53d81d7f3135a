// What a person decided, for tests: settings that a test may change, and the editor's storage as an object.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { settings } from '../../src/contributions.ts';
import type { RawPolicy } from '../../src/core/policy/parsePolicy.ts';
import {
  type GateSettings,
  type RawSettings,
  readGateSettings,
} from '../../src/host/gateSettings.ts';
import { PolicyDesk, type Store } from '../../src/host/policyDesk.ts';

/** What the editor's storage holds. */
export interface Stored {
  grants: unknown;
  lockdown: unknown;
}

export interface TestDeskOptions {
  raw: RawPolicy;
  root: string;
  timeoutMs?(): number | undefined;
  stored?: Stored;
  now?(): Date;
}

export function createTestDesk({
  raw,
  root,
  timeoutMs = () => undefined,
  stored = { grants: undefined, lockdown: undefined },
  now = () => new Date(),
}: TestDeskOptions): PolicyDesk {
  return new PolicyDesk({
    settings: settingsOf(raw, timeoutMs),
    grants: storeOf(stored, 'grants'),
    lockdown: storeOf(stored, 'lockdown'),
    ready: async () => undefined,
    workspace: () => root,
    now,
    endOfDay: now,
    newId: () => randomUUID(),
    report: assert.fail,
  });
}

/** The same object as long as the raw values are the same. */
function settingsOf(raw: RawPolicy, timeoutMs: () => number | undefined): () => GateSettings {
  const none = Object.fromEntries(Object.keys(settings).map((name) => [name, undefined]));
  const read = (): GateSettings => ({
    ...readGateSettings({ ...(none as unknown as RawSettings), ...raw }),
    timeoutMs: timeoutMs(),
  });
  const keyNow = () => JSON.stringify([raw, timeoutMs()]);
  let known: { key: string; settings: GateSettings } | undefined;
  return () => {
    const key = keyNow();
    if (known === undefined || known.key !== key) known = { key, settings: read() };
    return known.settings;
  };
}

function storeOf(stored: Stored, name: keyof Stored): Store {
  return {
    read: () => stored[name],
    write: (value) => {
      // As the editor keeps it: as JSON.
      stored[name] = value === undefined ? undefined : JSON.parse(JSON.stringify(value));
    },
  };
}
