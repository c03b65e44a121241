import { describe, expect, it } from 'vitest';
import { openPatience } from '../../../src/azure/http/patience.ts';

const ARM = 'https://management.azure.com';
const MINUTE = 60_000;

describe('A place that does not answer, however often a read is repeated', () => {
  const start = () => {
    const clock = { now: 1_000 };
    return { clock, ...openPatience(() => clock.now) };
  };

  it('is asked once each time from then on: a subscription, whatever is asked of it, or a vault', () => {
    const { isSpent, note } = start();
    note(`${ARM}/subscriptions/A/providers/p?api-version=1`, false);
    note('https://kv.vault.azure.net/keys/one', false);
    expect(isSpent(`${ARM}/subscriptions/a/resourceGroups`)).toBe(true);
    expect(isSpent('https://kv.vault.azure.net/keys/two')).toBe(true);
  });

  it('makes no other one impatient, nor what names no subscription', () => {
    const { isSpent, note } = start();
    note(`${ARM}/subscriptions/a/resourceGroups`, false);
    for (const url of [`${ARM}/subscriptions/b`, `${ARM}/providers/p`, 'https://kv.vault.azure.net/keys/one'])
      expect(isSpent(url)).toBe(false);
  });

  it('is waited for again when it has answered, or was left alone for a minute', () => {
    const { clock, isSpent, note } = start();
    const url = `${ARM}/subscriptions/a`;
    note(url, false);
    note(url, true);
    expect(isSpent(url)).toBe(false);
    note(url, false);
    clock.now += MINUTE;
    expect(isSpent(url)).toBe(false);
  });
});
