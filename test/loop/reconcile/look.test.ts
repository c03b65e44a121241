import { describe, expect, it } from '@jest/globals';
import type { ObserveHints } from '../../../src/azure/observe/observe-request.ts';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { readKept } from '../../../src/loop/memory/kept.ts';
import { look } from '../../../src/loop/reconcile/look.ts';
import type { KeyObservation } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import { useAzurite } from '../../builders/azurite.ts';
import { aFlexibleServer, anObservation, aVersion, KEY } from '../../builders/observation.ts';
import { policyIn, REMEDIATION } from '../../builders/policy.ts';

const several = aFlexibleServer('events', { use: 'anyOf', otherKeys: ['https://other.vault.azure.net/keys/cmk'] });
const ill = anObservation([aVersion(undefined, { enabled: false })], [several]);
const well = anObservation([aVersion()], [several]);

describe('A look at a key', () => {
  const { newStore } = useAzurite();

  /** Looks with an Azure that shows this, and keeps what it was told beforehand. */
  const lookAt = async (seen: KeyObservation): Promise<ObserveHints> => {
    const store = newStore();
    let told: ObserveHints = {};
    const observeKey: Guardian['azure']['observeKey'] = async (_key, hints = {}) => {
      told = hints;
      return seen;
    };
    const settings = { policy: policyIn('auto'), remediation: REMEDIATION };
    const guardian = { settings, store, azure: { observeKey } } as unknown as Guardian;
    await look(guardian, await readKept(guardian, await store.keyRows.read(keyId(KEY))));
    return told;
  };

  it('asks for other keys of those alone that are harmed by what it sees of this one', async () => {
    expect((await lookAt(ill)).harmed?.(ill)).toEqual([several.id]);
    expect((await lookAt(well)).harmed?.(well)).toEqual([]);
  });
});
