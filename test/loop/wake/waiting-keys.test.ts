import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { openEndPauses } from '../../../src/loop/wake/waiting-keys.ts';

const GROUP = '/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/data';
const INCIDENT = '20260302T000000Z-1a2b3c4d';
const keyIn = (vault: string): string => `https://${vault}.vault.azure.net/keys/cmk`;

/** A key whose repair waits until a person changes something at its vault. */
const waitsAt = (vault: string) => ({
  keyId: keyIn(vault),
  incident: { id: INCIDENT, openedAt: '' },
  attempts: [{ cure: 'change', incident: INCIDENT, target: `${GROUP}/providers/microsoft.keyvault/vaults/${vault}` }],
});

describe('Who waits for a change', () => {
  beforeEach(() => void vi.useFakeTimers({ toNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] }));
  afterEach(() => void vi.useRealTimers());

  const waiting = () => {
    const states = [waitsAt('kv-a'), waitsAt('kv-b')];
    const seen = { scans: 0, changed: [] as string[] };
    const store = {
      keyRows: {
        listUnsettled: async function* () {
          seen.scans += 1;
          yield* states;
        },
        read: async (id: string) => states.find(({ keyId }) => keyId === id),
      },
      records: { wayChanged: async (id: string) => void seen.changed.push(id) },
    };
    return { endPauses: openEndPauses({ store } as unknown as Guardian), seen };
  };

  it('is read once a minute, however many locks, roles and policies are written; each place has its own answer', async () => {
    const { endPauses, seen } = waiting();
    const vault = `${GROUP}/providers/microsoft.keyvault/vaults/kv-a`;
    for (let n = 0; n < 200; n++) await endPauses(`${GROUP}/providers/microsoft.keyvault/vaults/another`);
    expect((await endPauses(vault)).map(({ host }) => host)).toEqual(['kv-a.vault.azure.net']);
    expect(await endPauses(GROUP)).toHaveLength(2);
    expect(seen).toEqual({ scans: 1, changed: [keyIn('kv-a'), keyIn('kv-a'), keyIn('kv-b')] });
    vi.setSystemTime(Date.now() + 60_000);
    await endPauses(GROUP);
    expect(seen.scans).toBe(2);
  });
});
