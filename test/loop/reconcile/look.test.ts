import { describe, expect, it } from 'vitest';
import type { ObserveHints } from '../../../src/azure/observe/observe-request.ts';
import type { Durable, Guardian } from '../../../src/loop/guardian.ts';
import { readKept } from '../../../src/loop/memory/kept.ts';
import type { WokenBy } from '../../../src/loop/messages.ts';
import { assessKey } from '../../../src/loop/reconcile/assess-key.ts';
import { look } from '../../../src/loop/reconcile/look.ts';
import type { KeyObservation } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { aFlexibleServer, anObservation, aVersion, KEY, NOW } from '../../builders/observation.ts';
import { policyIn, REMEDIATION } from '../../builders/policy.ts';

const several = aFlexibleServer('events', { use: 'anyOf', otherKeys: ['https://other.vault.azure.net/keys/cmk'] });
const ill = anObservation([aVersion(undefined, { enabled: false })], [several]);
const well = anObservation([aVersion()], [several]);

describe('A look at a key', () => {
  const { newStore } = useAzurite();

  /** A product that observes this in Azure, and remembers the given rows. */
  const productSeeing = (seen: KeyObservation) => {
    const store = newStore();
    let told: ObserveHints = {};
    const observeKey: Guardian['azure']['observeKey'] = async (_key, hints = {}) => {
      told = hints;
      return seen;
    };
    const settings = { policy: policyIn('auto'), remediation: REMEDIATION };
    const guardian = { settings, store, azure: { observeKey } } as unknown as Guardian;
    return { guardian, store, told: () => told };
  };

  const lookAt = async (seen: KeyObservation): Promise<ObserveHints> => {
    const { guardian, store, told } = productSeeing(seen);
    await look(guardian, await readKept(guardian, await store.keyRows.read(keyId(KEY))));
    return told();
  };

  /** Assesses for the last of so many wake-ups, which had this cause. */
  const assessFor = async (by: WokenBy, wakeUps: number): Promise<ObserveHints> => {
    const { guardian, store, told } = productSeeing(well);
    for (let n = 0; n < wakeUps; n++) await store.keyRows.raise(keyId(KEY));
    const durable = { isAlive: async () => false } as unknown as Durable;
    await assessKey(guardian, durable, { keyId: keyId(KEY), number: wakeUps, round: 0, by, at: NOW.toISOString() });
    return told();
  };

  it('asks for other keys of those alone that are affected by what it sees of this one', async () => {
    expect((await lookAt(ill)).affected?.(ill)).toEqual([several.id]);
    expect((await lookAt(well)).affected?.(well)).toEqual([]);
  });

  it('takes lists of a minute ago for one event of its vault alone: what else woke it may know of a new user', async () => {
    expect((await assessFor('keyVaultEvent', 1)).listed).toBe('lately');
    expect((await assessFor('keyVaultEvent', 2)).listed).toBeUndefined();
    for (const by of ['resourceEvent', 'alert', 'probe', 'sweep', 'call'] as const)
      expect((await assessFor(by, 1)).listed).toBeUndefined();
    expect((await lookAt(well)).listed).toBeUndefined();
  });
});
