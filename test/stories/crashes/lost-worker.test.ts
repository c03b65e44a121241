import { describe, expect, it } from 'vitest';
import { type App, MINUTE } from '../../builders/app.ts';
import { ledgerOf, linesOf, serves, VAULT, writes } from '../../builders/incident.ts';
import { keyOf, loseIn, losses, nameOf, startThree } from './lost-worker-story.ts';

const disable = (app: App, keys: readonly number[]): void => {
  for (const n of keys) app.cloud.world.keyVault.setAttributes(VAULT, nameOf(n), undefined, { enabled: false });
};

/** `PATCH orders-0`, `PUT orders-0`: whom each write was for. */
const writtenTo = (app: App): readonly string[] =>
  writes(app)
    .map((write) => write.replace(/^(\w+) .*(orders-\d+).*$/, '$1 $2'))
    .toSorted();

type Summary = { readonly sweep: { readonly ended: { readonly at: string } } };

const summaryOf = async (app: App): Promise<unknown> =>
  (await app.door({ method: 'GET', path: '/api/summary' }, 200)).body;

/** Every moment is in lost-worker.exhaustive.test.ts. */
describe('workers on one task hub', () => {
  it('finish the sweep and the repairs of those that are lost: nothing is counted or written twice, and the next sweep comes', async () => {
    // Two causes do not blow this fuse; a cause that the repeated sweep counted again would.
    const app = await startThree(3, { GUARDIAN_FUSE_ROOT_CAUSES: '3', GUARDIAN_AUTO_REVERSE: 'all' });
    disable(app, [0, 1]);
    await loseIn(app, 'sweepKeys', 'end');
    await loseIn(app, 'writeStep', 'end');
    await app.until(
      'both serve again',
      () => [0, 1].every((n) => serves(app, nameOf(n))) && losses(app) === 2,
      60 * MINUTE,
    );
    const servedAt = app.clock.now();
    await app.pass(6 * MINUTE);
    expect(writtenTo(app)).toEqual(['PATCH orders-0', 'PATCH orders-1', 'PUT orders-0', 'PUT orders-1']);
    for (const n of [0, 1]) {
      const steps = linesOf(await ledgerOf(app, keyOf(n))).filter((line) => /^(intent|outcome)/.test(line));
      expect(steps).toEqual([
        'intent enableKey',
        'outcome enableKey done',
        'intent revalidateConsumer',
        'outcome revalidateConsumer done',
      ]);
    }
    const summary = await summaryOf(app);
    expect(summary).toMatchObject({ consumers: 3, keys: 3, verdicts: { healthy: 3 } });
    expect(Date.parse((summary as Summary).sweep.ended.at)).toBeGreaterThan(servedAt);
  });
});
