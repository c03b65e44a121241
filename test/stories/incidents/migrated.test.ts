import { describe, expect, it } from 'vitest';
import { type App, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { flexible, ledgerOf, orders, single, startReconciliation, writes } from '../../builders/incident.ts';
import { sampled } from '../../run/exhaustive.ts';

/** By force: it is a flexible server of the same name then, without the key. */
const migrate = ({ cloud }: App, server: string): void => {
  const verbs = cloud.azure.services.flatMap(({ breaks }) => breaks);
  verbs.find(({ name }) => name === 'migrate-server')?.run({ server });
};

const told = async (app: App): Promise<string> =>
  JSON.stringify((await ledgerOf(app)).entries.filter(({ kind }) => kind === 'decided'));

describe('a single server that Azure has migrated without its key', () => {
  it.each(
    sampled(
      [
        ['event', 'the only one on its key', [single('orders')]],
        ['event', 'one of several', [single('orders'), flexible('web')]],
        ['sweep', 'the only one on its key', [single('orders')]],
        ['sweep', 'one of several', [single('orders'), flexible('web')]],
      ] as const,
      0,
      3,
    ),
  )('is told by the %s where it was %s, and nothing is written', async (wake, _which, servers) => {
    const app = await startApp({ world: orders([...servers]), wake });
    await startReconciliation(app);
    await app.pass(NEXT_SWEEP);
    migrate(app, 'orders');
    await app.pass(3 * NEXT_SWEEP);
    expect(await told(app)).toContain('bears the name of a single server that had a key');
    expect(writes(app)).toEqual([]);
  });
});
