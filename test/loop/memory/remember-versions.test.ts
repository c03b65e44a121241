import { describe, expect, it } from '@jest/globals';
import type { Guardian } from '../../../src/loop/guardian.ts';
import { rememberVersions } from '../../../src/loop/memory/remember-versions.ts';
import { type KeyObservation, unknown } from '../../../src/remediation/model/facts.ts';
import { keyId } from '../../../src/remediation/model/key-ref.ts';
import { anObservation, aSingleServer, aVersion, KEY, kidOf, V1 } from '../../builders/observation.ts';
import { policyIn } from '../../builders/policy.ts';

const seen = anObservation([aVersion(V1, { tags: { 'cmk-guardian:do-not-heal': '' } })], [aSingleServer()]);
const unmarked = anObservation([aVersion()], [aSingleServer()]);

/** What is entered after this look, where these versions were marked before. */
const enteredAfter = async (observation: KeyObservation, marked: readonly string[]) => {
  const entered: unknown[] = [];
  const guardian = {
    settings: { policy: policyIn('auto') },
    store: { consumerIndex: { setSeen: async (_key: string, news: unknown) => entered.push(news) } },
  } as unknown as Guardian;
  const consumers = { at: '', consumers: [aSingleServer()], marked };
  await rememberVersions(guardian, { keyId: keyId(KEY), consumers }, observation);
  return entered;
};

describe('A mark on a version', () => {
  it('is entered when it is new or was taken away, and only then', async () => {
    expect(await enteredAfter(seen, [])).toEqual([{ cost: 1, marked: [kidOf(V1)] }]);
    expect(await enteredAfter(unmarked, [kidOf(V1)])).toEqual([{ cost: 1, marked: [] }]);
    expect(await enteredAfter(seen, [kidOf(V1)])).toEqual([]);
  });
  it('is not forgotten where nobody could tell who uses the key', async () => {
    expect(await enteredAfter({ ...seen, consumers: unknown('403') }, [kidOf(V1)])).toEqual([]);
  });
});
