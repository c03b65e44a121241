import { describe, expect, it } from 'vitest';
import { expiringIn, isNewsOfExpiry } from '../../../src/loop/memory/expiring.ts';
import { absent, unknown } from '../../../src/remediation/model/facts.ts';
import type { KnownConsumers } from '../../../src/store/key-state.ts';
import {
  anObservation,
  aSingleServer,
  aVersion,
  inDays,
  NOW,
  rotated,
  unstated,
  V1,
  V2,
} from '../../builders/observation.ts';

const orders = aSingleServer('orders');
const soon = aVersion(V1, { expiresOn: inDays(10), operations: ['wrapKey'], tags: { env: 'prod' } });
const kept = (...versions: readonly string[]): KnownConsumers => ({
  at: NOW.toISOString(),
  consumers: [orders],
  expiring: { versions: versions.map((version) => aVersion(version, { expiresOn: inDays(10) })) },
});

describe('What is kept of versions that expire', () => {
  it('is of those in use, the nearest first, and nothing that may be long', () => {
    const later = aVersion(V2, { expiresOn: inDays(20) });
    const both = anObservation([later, soon], [orders, aSingleServer('web', { version: V2 })]);
    const { versions = [] } = expiringIn(both, undefined) ?? {};
    expect(versions.map(({ version }) => version)).toEqual([V1, V2]);
    expect(versions[0]).toMatchObject({ expiresOn: inDays(10), tags: {} });
    expect(versions[0]).not.toHaveProperty('operations');
  });

  it('is nothing of a version that nobody uses, or that does not expire', () => {
    expect(expiringIn(anObservation([soon], [aSingleServer('web', { version: V2 })]), undefined)).toBeUndefined();
    expect(expiringIn(anObservation([aVersion()], [orders]), kept(V1))).toBeUndefined();
  });

  it('is as it was of what could not be read, and forgotten of what is gone', () => {
    expect(expiringIn(anObservation([[V1, unknown('403')]], [orders]), kept(V1))).toEqual(kept(V1).expiring);
    expect(expiringIn(anObservation([[V1, absent]], [orders]), kept(V1))).toBeUndefined();
    const hidden = { ...anObservation([], []), consumers: unknown('403') };
    expect(expiringIn(hidden, kept(V1))).toEqual(kept(V1).expiring);
  });

  it('names the current version, which those use who name none', () => {
    const current = aVersion(V2, { expiresOn: inDays(60) });
    const follower = anObservation([current], [aSingleServer('web', { version: unstated() })], rotated(current));
    expect(expiringIn(follower, undefined)).toMatchObject({ current: V2, versions: [{ version: V2 }] });
  });

  it('is news where an expiry is another', () => {
    const before = kept(V1);
    expect(isNewsOfExpiry(before.expiring, before)).toBe(false);
    expect(isNewsOfExpiry(undefined, before)).toBe(true);
    expect(isNewsOfExpiry(undefined, { ...before, expiring: undefined })).toBe(false);
  });
});
