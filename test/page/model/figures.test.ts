import { describe, expect, it } from 'vitest';
import { minutesAverted } from '../../../page/model/averted.ts';
import { verdictOn } from '../../../page/model/chains.ts';
import { flappingKeys } from '../../../page/model/flapping.ts';
import { lossesOfKeys, lossesOfVaults } from '../../../page/model/losses.ts';
import { measuredOf } from '../../../page/model/measured.ts';
import { failuresBySubject, failuresOf } from '../../../page/model/posture-marks.ts';
import { at, line } from '../builders.ts';

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
  const spread = { count: 2, p50: 70, p95: 90 };
  const of = (cause: string | undefined, toHeal?: number) => ({
    ...(cause !== undefined && { cause }),
    seconds: toHeal === undefined ? {} : { toHeal },
  });

  it('are those of the app, with each incident of the cause that there is something to tell of', () => {
    const causes = [{ cause: 'keyExpired', toHeal: spread }, { cause: 'keyDeleted' }];
    const value = [
      of('keyExpired', 70),
      of('keyDeleted', 10),
      of('keyExpired', 90),
      of('keyExpired'),
      of(undefined, 5),
    ];
    expect(measuredOf({ causes, value }, 'toHeal')).toEqual([{ cause: 'keyExpired', ...spread, each: [70, 90] }]);
    expect(measuredOf({ causes, value }, 'toDetect')).toEqual([]);
  });
});

describe('Minutes that did not happen', () => {
  it('are what a person takes, less what was down all the same', () => {
    expect(minutesAverted([{ isRepaired: true, minutesDown: [10, 90] }], 60)).toBe(50);
  });

  it('are none where the product has repaired nothing, or not yet', () => {
    expect(minutesAverted([{ isRepaired: false, minutesDown: [10] }], 60)).toBe(0);
  });
});

describe('A key that breaks again and again', () => {
  const DAY = 86_400;

  it('is one that breaks three times within seven days', () => {
    const often = [0, -2, -6].map((day) => ({ key: 'often', openedAt: at(day * DAY) }));
    const seldom = [0, -7, -14].map((day) => ({ key: 'seldom', openedAt: at(day * DAY) }));
    expect(flappingKeys([...often, ...seldom])).toEqual([{ key: 'often', count: 3 }]);
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
