import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLastReads } from '../../../src/azure/observe/last-reads.ts';
import { aVersion, KEY, NOW } from '../../builders/observation.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('The last read of a version', () => {
  it('stands for no other one where the clock went back behind it: nobody knows how old it is', () => {
    const facts = aVersion();
    const reads = openLastReads();
    reads.keep(KEY, { facts, at: NOW.getTime(), isCurrent: true });
    expect([reads.isReusable(KEY, facts.version), reads.reusableIn(KEY.host)]).toEqual([true, 1]);
    vi.setSystemTime(NOW.getTime() - 1);
    expect([reads.isReusable(KEY, facts.version), reads.reusableIn(KEY.host)]).toEqual([false, 0]);
  });

  it('is forgotten when nobody has read the key for two hours, also where nobody uses its vault any more', () => {
    const facts = aVersion();
    const reads = openLastReads();
    const read = (host: string) => reads.keep({ ...KEY, host }, { facts, at: Date.now() });
    read('left.vault.azure.net');
    vi.setSystemTime(NOW.getTime() + 60 * 60_000);
    read('used.vault.azure.net');
    vi.setSystemTime(NOW.getTime() + 125 * 60_000);
    read('new.vault.azure.net');
    const remembered = ['left', 'used', 'new'].filter((name) => reads.of({ ...KEY, host: `${name}.vault.azure.net` }));
    expect(remembered).toEqual(['used', 'new']);
  });
});
