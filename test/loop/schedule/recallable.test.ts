import { describe, expect, it } from 'vitest';
import { recallable } from '../../../src/loop/schedule/recallable.ts';
import { present } from '../../../src/remediation/model/facts.ts';
import { aSingleServer } from '../../builders/observation.ts';

const HOUR = 3_600_000;
const READ_AT = '2026-03-02T00:00:00.000Z';
const later = (hours: number) => new Date(Date.parse(READ_AT) + hours * HOUR);

const servers = Array.from({ length: 500 }, (_, n) => aSingleServer(`server-${n}`));
const known = [
  {
    at: READ_AT,
    consumers: servers,
    pinsReadAt: Object.fromEntries(servers.map(({ id }) => [id.toLowerCase(), READ_AT])),
  },
];
const recalled = async (hours: number) => (await recallable(known, later(hours))).length;

describe('what a single server pins', () => {
  it('is supposed for three hours at least and six at most, of some longer than of others', async () => {
    expect(await recalled(2.99)).toBe(500);
    expect(await recalled(6)).toBe(0);
    for (const quarter of [3.75, 4.5, 5.25]) {
      const due = (await recalled(quarter - 0.75)) - (await recalled(quarter));
      expect(due).toBeGreaterThan(500 / 8);
      expect(due).toBeLessThan(500 / 2);
    }
  });

  it('is read of one that was never read, and of one that is not ready', async () => {
    const [first, second, ...others] = servers;
    if (!first || !second) throw new Error('two servers are needed');
    const ill = { ...first, state: present({ state: 'inaccessible' as const, raw: 'Inaccessible' }) };
    const { [second.id.toLowerCase()]: _, ...pinsReadAt } = known[0]?.pinsReadAt ?? {};
    expect(await recallable([{ at: READ_AT, consumers: [ill, second, ...others], pinsReadAt }], later(0))).toEqual(
      others,
    );
  });

  it('is read in every sweep where servers are few', async () => {
    const few = servers.slice(0, 200);
    expect(await recallable([{ ...known[0], at: READ_AT, consumers: few }, undefined], later(0))).toEqual([]);
  });
});
