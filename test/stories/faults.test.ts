import { describe, expect, it } from '@jest/globals';
import { startApp } from '../builders/app.ts';
import { KEY, orders, single } from '../builders/incident.ts';
import { wakeOf, weather } from './faults-story.ts';

const SEEDS = [1, 2, 3];

/** A sample; fifty seeds are in faults.exhaustive.test.ts. */
describe('a repair while Azure answers badly', () => {
  it.each(SEEDS.map((seed) => [seed, wakeOf(seed)] as const))(
    'is done within 30 minutes, and nothing else: seed %i, woken by %s',
    async (seed) => {
      const { faults } = await weather(seed);
      expect(faults).toBeGreaterThan(0);
    },
  );
});

describe('a manual start', () => {
  it('that Azure keeps from looking is told to come again', async () => {
    const app = await startApp({ world: orders([single('orders')]), wake: 'doors' });
    app.cloud.faults.add({ route: 'GET *', kind: '429', rate: 1 });
    const start = { method: 'POST', path: '/api/reconciliations', body: { key: KEY } } as const;
    const { headers, body } = await app.door(start, 503);
    expect(headers['retry-after']).toBe('30');
    expect(body).toMatchObject({ error: { code: 'AzureUnavailable' } });
  });
});
