import { describe, expect, it } from 'vitest';
import { useAzurite } from '../builders/azurite.ts';

const at = (minute: number) => new Date(Date.parse('2026-03-02T00:00:00Z') + minute * 60_000).toISOString();

describe('what must come again and again', () => {
  const { newStore } = useAzurite();

  it('is known by when it last came', async () => {
    const { beats } = newStore();
    await beats.beat('sweep', at(0));
    await beats.beat('sweep', at(5));
    expect(await beats.read()).toEqual({ sweep: { at: at(5) } });
  });

  it('is made up for by one of all who find it missing, and anew where that is allowed', async () => {
    const { beats } = newStore();
    const claim = (minute: number) =>
      beats.claim(
        'start:sweep',
        { at: at(minute), since: at(0) },
        (last) => Date.parse(last.at) + 300_000 <= Date.parse(at(minute)),
      );
    const claims = await Promise.all([claim(15), claim(15), claim(15)]);
    expect(claims.filter(Boolean)).toHaveLength(1);
    expect(await claim(16)).toBe(false);
    expect(await claim(20)).toBe(true);
    expect((await beats.read())['start:sweep']).toEqual({ at: at(20), since: at(0), first: at(15) });
  });

  it('was given up once for all who do so', async () => {
    const { singletons } = newStore();
    expect(await singletons.generation('sweepEstate')).toBe(0);
    expect(await Promise.all([singletons.giveUp('sweepEstate', 0), singletons.giveUp('sweepEstate', 0)])).toEqual([
      1, 1,
    ]);
    expect(await singletons.giveUp('sweepEstate', 0)).toBe(1);
    expect(await singletons.generation('sweepEstate')).toBe(1);
  });
});
