import { describe, expect, it } from 'vitest';
import { minutesAverted } from '../../../page/model/averted.ts';
import { verdictOn } from '../../../page/model/chains.ts';
import { lossesOfKeys, lossesOfVaults } from '../../../page/model/losses.ts';
import { measuredBy } from '../../../page/model/measured.ts';
import { figuresByCause, percentile } from '../../../page/model/percentiles.ts';
import { failuresBySubject, failuresOf } from '../../../page/model/posture-marks.ts';
import { flappingKeys, incidentsByWeek, mondayOf } from '../../../page/model/weeks.ts';
import { at, line, NOW } from '../builders.ts';

describe('What is lost with a key', () => {
  const shared = { key: 'https://kv.vault.azure.net/keys/cmk', vault: 'kv' };

  it('is everybody who uses it, each once', () => {
    const lines = [line('b', shared), line('a', shared), line('a', shared), line('c')];
    expect(lossesOfKeys(lines).map(({ id, losers }) => [id, losers.map(({ name }) => name)])).toEqual([
      [shared.key, ['a', 'b']],
      ['https://kv-c.vault.azure.net/keys/cmk', ['c']],
    ]);
  });

  it('is nobody where nobody uses it, and of a vault who uses any of its keys', () => {
    const { consumer: _nobody, ...unused } = line('x', { vault: 'kv' });
    const other = line('a', { vault: 'kv' });
    expect(lossesOfKeys([unused])[0]?.losers).toEqual([]);
    expect(lossesOfVaults([unused, other])).toMatchObject([{ id: 'kv', losers: [{ name: 'a' }] }]);
  });
});

describe('Figures by cause', () => {
  it('are values that there were', () => {
    const values = Array.from({ length: 20 }, (_each, index) => 20 - index);
    expect([percentile(values, 0.5), percentile(values, 0.95), percentile([], 0.5), percentile([7], 0.95)]).toEqual([
      10,
      19,
      undefined,
      7,
    ]);
  });

  it('name the most frequent cause first, by the root of each incident', () => {
    const ended = (kind: string, toHeal?: number) => ({
      cause: { roots: [{ kind }], faults: [{ kind: 'consumerInaccessible' }] },
      seconds: toHeal === undefined ? {} : { toHeal },
    });
    const measured = measuredBy(
      [ended('keyExpired', 70), ended('keyDeleted', 10), ended('keyExpired', 90), ended('keyDeleted')],
      'toHeal',
    );
    expect(figuresByCause(measured)).toEqual([
      { cause: 'keyExpired', count: 2, p50: 70, p95: 90 },
      { cause: 'keyDeleted', count: 1, p50: 10, p95: 10 },
    ]);
  });
});

describe('Minutes that did not happen', () => {
  const healed = {
    isOpen: false,
    writes: [{ outcome: 'done' }],
    consumers: [{ minutesDown: 10 }, { minutesDown: 90 }],
  };

  it('are what a person takes, less what was down all the same', () => {
    expect(minutesAverted([healed], 60)).toBe(50);
  });

  it('are none where the product has repaired nothing, or not yet', () => {
    expect(
      minutesAverted(
        [
          { ...healed, writes: [{ outcome: 'failed' }] },
          { ...healed, isOpen: true },
        ],
        60,
      ),
    ).toBe(0);
  });
});

describe('Incidents a week', () => {
  const DAY = 86_400;

  it('begin on Monday in UTC', () => {
    expect(new Date(mondayOf(Date.parse('2026-07-05T23:59:59Z'))).toISOString()).toBe('2026-06-29T00:00:00.000Z');
    expect(new Date(mondayOf(Date.parse('2026-07-06T00:00:00Z'))).toISOString()).toBe('2026-07-06T00:00:00.000Z');
  });

  it('count weeks without any, too', () => {
    const weeks = incidentsByWeek([{ openedAt: at(0) }, { openedAt: at(-60) }, { openedAt: at(-15 * DAY) }], NOW, 3);
    expect(weeks.map(({ count }) => count)).toEqual([1, 0, 2]);
  });

  it('name a key that breaks three times within seven days', () => {
    const often = [0, -2, -6].map((day) => ({ keyId: 'often', openedAt: at(day * DAY) }));
    const seldom = [0, -7, -14].map((day) => ({ keyId: 'seldom', openedAt: at(day * DAY) }));
    expect(flappingKeys([...often, ...seldom])).toEqual([{ keyId: 'often', count: 3 }]);
  });
});

describe('A mark of posture', () => {
  it('is found however Azure writes the id', () => {
    const failing = { subject: '/Subscriptions/S/x', row: 'S1.1', statement: '', evidence: '' };
    const bySubject = failuresBySubject([failing]);
    expect(failuresOf(bySubject, ['/subscriptions/s/X', undefined])).toEqual([failing]);
    expect(failuresOf(bySubject, ['/subscriptions/s/y'])).toEqual([]);
  });
});

describe('The verdict on the chains', () => {
  const anchors = 'locked';
  const intact = { key: 'a', anchors, verification: { kind: 'intact', head: { seq: 3, hash: 'h' } } } as const;
  const broken = { key: 'b', anchors, verification: { kind: 'broken', seq: 2, fault: 'changed' } } as const;

  it('names what is broken, and takes for intact only what was read', () => {
    expect(verdictOn([intact, broken, undefined], ['a', 'b', 'c'])).toEqual({
      broken: [{ key: 'b', seq: 2, fault: 'changed' }],
      unread: ['c'],
      anchors: [anchors],
    });
  });
});
