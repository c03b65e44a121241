import { expect, it } from 'vitest';
import { describeOnEveryMachine } from './fixtures/world.ts';

const DAY = 86_400_000;

describeOnEveryMachine('a month of sweeps every five minutes', (world) => {
  it('is 8640 jumps', async () => {
    await world.app.run('everyFiveMinutes');
    const { jumps } = world.clock;
    await world.clock.advance(30 * DAY);
    expect(world.clock.jumps - jumps).toBe(8640);
    expect(await world.app.run('ticks')).toMatchObject({ result: 8640 });
  });
});
