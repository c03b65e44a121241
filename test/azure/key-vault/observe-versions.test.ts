import { describe, expect, it } from 'vitest';
import { observeVersions, type VersionSources } from '../../../src/azure/key-vault/observe-versions.ts';
import { absent, type KeyLoss, present } from '../../../src/remediation/model/facts.ts';
import { aFlexibleServer, aVault, inDays, KEY, unstated } from '../../builders/observation.ts';

const never = () => Promise.reject(new Error('this was not to be asked'));

/** A vault that finds no key, and says this of what became of it. */
const losing = (loss: KeyLoss): VersionSources => ({
  keyVersions: {
    look: () => Promise.resolve({ fact: absent, isVaultSilent: false }),
    observe: never,
    current: never,
    read: never,
    write: never,
  },
  listVersions: never,
  deletedKeys: { observe: () => Promise.resolve(present(loss)), read: never, isThere: never, recover: never },
});

const used = { key: KEY, consumers: [aFlexibleServer('web', { version: unstated('P1D') })], observedAt: inDays(0) };
const see = (loss: KeyLoss) => observeVersions(losing(loss), used, { vault: present(aVault()) });

describe('A key that is not found, of which nobody states a version,', () => {
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
