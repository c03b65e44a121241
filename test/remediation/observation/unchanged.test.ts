import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KeyVersionFacts } from '../../../src/remediation/model/facts.ts';
import { isSettled, isUnchanged, type ListedKey } from '../../../src/remediation/observation/unchanged.ts';

const at = (iso: string): number => Date.parse(iso);

const FACTS: KeyVersionFacts = {
  kid: 'https://kv-a.vault.azure.net/keys/cmk/v1',
  version: 'v1',
  enabled: true,
  createdOn: '2026-11-22T00:00:00.000Z',
  updatedOn: '2026-11-22T00:05:00.000Z',
  expiresOn: '2027-11-22T00:00:00.000Z',
  keyType: 'RSA',
  recoveryLevel: 'Recoverable',
  tags: { owner: 'orders' },
};
const READ = { facts: FACTS, at: at('2026-11-22T01:00:00Z') };
const LISTED: ListedKey = {
  enabled: true,
  createdOn: FACTS.createdOn,
  updatedOn: FACTS.updatedOn ?? '',
  notBefore: '',
  expiresOn: FACTS.expiresOn ?? '',
  recoveryLevel: 'Recoverable',
  tags: { owner: 'orders' },
};

describe('what was read of a version still holds', () => {
  it('where a list shows all of it as it was read', () => {
    expect(isUnchanged(READ, LISTED)).toBe(true);
    expect(isUnchanged(READ, { ...LISTED, version: 'v1', recoveryLevel: 'recoverable' })).toBe(true);
  });

  it('where a list leaves out what is not needed to see a write', () => {
    const { createdOn = '', enabled = true, updatedOn = '' } = LISTED;
    expect(isUnchanged(READ, { createdOn, enabled, updatedOn })).toBe(true);
  });

  it.each<[string, ListedKey]>([
    ['it is disabled', { enabled: false }],
    ['another version came, which was made later', { createdOn: '2026-11-22T00:00:01.000Z' }],
    ['another version came within the same second, and the list names it', { version: 'v2' }],
    ['something was written to it', { updatedOn: '2026-11-22T00:05:01.000Z' }],
    ['its expiry is another', { expiresOn: '2027-01-01T00:00:00.000Z' }],
    ['its expiry is gone', { expiresOn: '' }],
    ['it has a time of activation', { notBefore: '2026-12-01T00:00:00.000Z' }],
    ['it can be purged', { recoveryLevel: 'Recoverable+Purgeable' }],
    ['a tag is another', { tags: { owner: 'web' } }],
    ['there is one tag more', { tags: { owner: 'orders', 'cmk-guardian:do-not-heal': 'yes' } }],
    ['there is one tag less', { tags: {} }],
  ])('not where %s', (_what, change) => {
    expect(isUnchanged(READ, { ...LISTED, ...change })).toBe(false);
  });

  it.each(['enabled', 'createdOn', 'updatedOn'] as const)('not where a list does not show %s', (name) => {
    const { [name]: _left, ...others } = LISTED;
    expect(isUnchanged(READ, others)).toBe(false);
  });

  it('not where it was read so soon after a write that another in the same second would not show', () => {
    expect(isUnchanged({ ...READ, at: at('2026-11-22T00:06:59Z') }, LISTED)).toBe(false);
    expect(isUnchanged({ ...READ, at: at('2026-11-22T00:07:00Z') }, LISTED)).toBe(true);
    expect(isSettled({ facts: { ...FACTS, updatedOn: '' }, at: READ.at })).toBe(false);
  });

  it('only of a version that is shown as it is, whatever is written to it', () => {
    const time = fc.constantFrom('', FACTS.createdOn, FACTS.updatedOn ?? '', '2027-01-01T00:00:00.000Z');
    const change = fc.record(
      { enabled: fc.boolean(), expiresOn: time, notBefore: time, updatedOn: time, createdOn: time },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(change, (changed) => {
        const isSame = Object.entries(changed).every(([name, value]) => LISTED[name as keyof ListedKey] === value);
        expect(isUnchanged(READ, { ...LISTED, ...changed })).toBe(isSame);
      }),
    );
  });
});
