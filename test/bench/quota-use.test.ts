import { describe, expect, it } from 'vitest';
import { busiest, useOf } from '../../bench/scale/quota-use.ts';
import type { LoggedRequest } from '../../local/cloud/request-log.ts';

const request = (second: number, url: string, status = 200): LoggedRequest => ({
  n: 0,
  at: new Date(second * 1_000).toISOString(),
  ms: 0,
  method: 'GET',
  url,
  route: `GET ${new URL(url).host.split('.')[0]}`,
  status,
  mutating: false,
  correlationId: '',
  requestId: '',
});
const times = (count: number, second: number, url: string): readonly LoggedRequest[] =>
  Array.from({ length: count }, () => request(second, url));

describe('the use of a quota', () => {
  it('is that of the busiest window, wherever it begins', () => {
    const spentAt = (...instants: number[]) => instants.map((at) => ({ at, cost: 2 }));
    expect(busiest([], 10)).toBe(0);
    expect(busiest(spentAt(0, 5, 9, 10, 14, 30), 10)).toBe(4 * 2);
    expect(busiest(spentAt(30, 14, 10, 9, 5, 0), 10)).toBe(4 * 2);
  });

  it('is as much more as a key of its type costs', () => {
    const [soft, hsm] = ['https://kv-a.vault.azure.net/keys/cmk', 'https://kv-hsm.vault.azure.net/keys/cmk'];
    const use = useOf([...times(400, 0, soft), ...times(50, 0, hsm)], 300, {
      costIn: (vault) => (vault === 'kv-hsm' ? 16 : 1),
    });
    expect([use.vaultPercent, use.regionPercent]).toEqual([20, 6]);
  });

  it('is that of the fullest vault, and of all vaults together', () => {
    const [a, b] = ['https://kv-a.vault.azure.net/keys/cmk', 'https://kv-b.vault.azure.net/keys/cmk'];
    const { keyVaultCalls, vaultPercent, regionPercent } = useOf(
      [...times(400, 0, a), ...times(200, 9, b), ...times(300, 10, a)],
      300,
    );
    expect([keyVaultCalls, vaultPercent, regionPercent]).toEqual([900, 10, 3]);
  });

  it('of Resource Manager is counted against what its bucket gets in the time, and refusals are told', () => {
    const arm = 'https://management.azure.com/subscriptions';
    const use = useOf([...times(74, 0, arm), request(1, arm, 429)], 300);
    expect(use).toMatchObject({ armCalls: 75, armPercent: 1, throttled: 1, kinds: ['75 GET management'] });
  });

  it('of Resource Manager is that of the busiest such time, however long or short the whole took', () => {
    const arm = 'https://management.azure.com/subscriptions';
    const anHour = [0, 600, 1_200, 3_600].flatMap((second) => times(75, second, arm));
    expect(useOf(anHour, 300)).toMatchObject({ armCalls: 300, armPercent: 1 });
  });

  it('is that of the subscription of which the most is asked', () => {
    const arm = (subscription: string) => `https://management.azure.com/subscriptions/${subscription}/providers`;
    const vault = (name: string) => `https://${name}.vault.azure.net/keys/cmk`;
    const requests = [
      ...times(150, 0, arm('A')),
      ...times(75, 1, arm('b')),
      ...times(600, 0, vault('kv-a')),
      ...times(400, 0, vault('kv-b')),
      ...times(400, 0, vault('kv-c')),
    ];
    const use = useOf(requests, 300, { subscriptionIn: (name) => (name === 'kv-a' ? 'a' : 'b') });
    expect([use.armPercent, use.regionPercent]).toEqual([2, 4]);
  });
});
