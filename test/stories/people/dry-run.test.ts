import { describe, expect, it } from 'vitest';
import { allStorage } from '../../builders/all-storage.ts';
import { type App, MINUTE, startApp } from '../../builders/app.ts';
import {
  EXTENSION,
  expireKey,
  KEY,
  orders,
  ordersServes,
  REVALIDATION,
  SINGLE,
  single,
  startReconciliation,
  writes,
} from '../../builders/incident.ts';
import { runStorage } from '../../run/ground.ts';

type Dry = {
  readonly dryRun: boolean;
  readonly steps: readonly {
    readonly kind: string;
    readonly may: boolean | null;
    readonly obstacles: readonly { readonly why: string }[];
  }[];
  readonly refusal?: { readonly code: string };
};

const kept = ({ tablePrefix }: App) => allStorage(runStorage(), tablePrefix);

const STARTS = [
  ['/api/orchestrators/extendKeyExpiry', { resource: SINGLE }],
  ['/api/reconciliations', { key: KEY }],
  ['/api/sweeps', undefined],
] as const;

describe('A dry run', () => {
  it.each(['auto', 'observe'])(
    'of whatever can be started says what would be done and writes nothing, in mode %s',
    async (mode) => {
      const app = await startApp({
        world: orders([single('orders'), single('billing')]),
        wake: 'doors',
        settings: { GUARDIAN_MODE: mode },
      });
      await startReconciliation(app, { key: KEY });
      await app.pass(MINUTE);
      expireKey(app);
      const before = await kept(app);
      const answers: Dry[] = [];
      for (const [path, body] of STARTS) {
        const call = { method: 'POST', path: `${path}?dryRun=true`, ...(body && { body }) } as const;
        answers.push((await app.door(call, 200)).body as Dry);
      }
      await app.pass(5 * MINUTE);
      expect(await kept(app)).toEqual(before);
      expect(writes(app)).toEqual([]);

      const [repair, look, sweep] = answers;
      for (const one of [repair, look])
        expect(one?.steps[0]).toMatchObject({
          kind: 'extendKeyExpiry',
          verdict: mode === 'auto' ? 'run' : 'report',
          risk: 'restore',
          undo: expect.stringContaining('az keyvault key set-attributes'),
          needs: expect.arrayContaining(['Microsoft.KeyVault/vaults/keys/update/action']),
          may: true,
          obstacles: [],
        });
      expect(sweep).toEqual({ dryRun: true, keys: 1 });
      if (mode === 'observe') return;
      await app.door({ method: 'POST', path: STARTS[0][0], body: STARTS[0][1] }, 202);
      await ordersServes(app);
      expect(writes(app)).toContainEqual(expect.stringMatching(EXTENSION));
      expect(writes(app)).toContainEqual(expect.stringMatching(REVALIDATION));
    },
  );
});
