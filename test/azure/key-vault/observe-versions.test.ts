import { describe, expect, it } from 'vitest';
import { observeVersions, type VersionSources } from '../../../src/azure/key-vault/observe-versions.ts';
import {
  absent,
  type ConsumerFacts,
  type Fact,
  type KeyLoss,
  type KeyVersionFacts,
  present,
} from '../../../src/remediation/model/facts.ts';
import { aFlexibleServer, aVault, aVersion, inDays, KEY, unstated, V1 } from '../../builders/observation.ts';

const never = () => Promise.reject(new Error('this was not to be asked'));

/** A vault that finds no version at first and finds these later, and reports this loss of the key. */
const losing = (loss: KeyLoss, later: readonly Fact<KeyVersionFacts>[]): VersionSources => {
  const shown = [absent, ...later];
  return {
    keyVersions: {
      look: async () => ({ fact: shown.shift() ?? (await never()), isVaultSilent: false }),
      observe: never,
      current: never,
      read: never,
      write: never,
    },
    listVersions: never,
    deletedKeys: { observe: () => Promise.resolve(present(loss)), read: never, isThere: never, recover: never },
  };
};

const seeFor =
  (consumer: ConsumerFacts) =>
  (loss: KeyLoss, ...later: readonly Fact<KeyVersionFacts>[]) =>
    observeVersions(
      losing(loss, later),
      { key: KEY, consumers: [consumer], observedAt: inDays(0) },
      { vault: present(aVault()) },
    );

describe('A key that is not found, of which nobody states a version,', () => {
  const see = seeFor(aFlexibleServer('web', { version: unstated('P1D') }));

  it('is gone where it is neither there nor deleted', async () => {
    expect(await see({ kind: 'gone' })).toMatchObject({
      current: { kind: 'absent' },
      loss: { value: { kind: 'gone' } },
    });
  });

  it('is unknown, and not lost, where it is found a moment later: it is being recovered', async () => {
    expect(await see({ kind: 'versionMissing' })).toMatchObject({
      current: { kind: 'unknown', reason: expect.stringContaining('is there now') },
    });
  });
});

describe('A version that is not found, of a key that is there a moment later,', () => {
  const see = seeFor(aFlexibleServer('web'));

  it('is as it is read then: the key came back while it was asked what became of it', async () => {
    const back = present(aVersion(V1));
    const { loss, versions } = await see({ kind: 'versionMissing' }, back);
    expect({ loss, versions }).toEqual({ versions: { [V1]: back } });
  });

  it('is missing where it is not found then either: another key has the name', async () => {
    expect(await see({ kind: 'versionMissing' }, absent)).toMatchObject({
      versions: { [V1]: absent },
      loss: { value: { kind: 'versionMissing' } },
    });
  });
});
