import { expect, it } from '@jest/globals';
import { describeOnEveryMachine } from './fixtures/world.ts';

const DAY = 86_400_000;

describeOnEveryMachine('a month of sweeps every five minutes', (world) => {
  it('is 8640 jumps of far less than 2 ms', async () => {
    await world.app.run('everyFiveMinutes');
    const [began, jumps] = [performance.now(), world.clock.jumps];
    await world.clock.advance(30 * DAY);
    const ms = (performance.now() - began) / (world.clock.jumps - jumps);
    process.stderr.write(
      `30 days of a 5-minute timer: ${ms.toFixed(3)} ms per jump, ${Math.round(1000 / ms)} jumps/s\n`,
    );
    expect(await world.app.run('ticks')).toMatchObject({ result: 8640 });
    expect(ms).toBeLessThan(2);
  });
});
