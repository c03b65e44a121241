import { describe, expect, it } from 'vitest';
import type { WorldPlan } from '../../../local/cloud/worlds/build-world.ts';
import { approvalsAndRequestsOf } from '../../../src/loop/reconcile/approvals-and-requests.ts';
import { keyInstanceId } from '../../../src/remediation/model/key-ref.ts';
import { rowNames } from '../../../src/store/key-partition.ts';
import type { AskedPlan } from '../../../src/store/key-state.ts';
import { A_WHILE, type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import { ownPrefix } from '../../builders/azurite.ts';
import { isDown, ledgerOf, serves, writes } from '../../builders/incident.ts';
import { APPROVE, approve, errorCode, type Status } from '../../builders/people.ts';
import { chainIn, cut, enter, putDocument, replaceChain, rewritten, type Tables } from '../../builders/tampering.ts';

/** A vault with a key and a server for each kind of tampering with a ledger, and one without tampering. */
const SCENES = ['well', 'approved', 'gone', 'cut', 'changed', 'copied'] as const;
type Scene = (typeof SCENES)[number];

const WORLD: WorldPlan = {
  vaults: SCENES.map((scene) => ({
    name: `kv-${scene}`,
    permissions: 'accessPolicies' as const,
    keys: [{ name: 'cmk', expiresInDays: 90 }],
  })),
  servers: SCENES.map((scene) => ({ name: scene, generation: 'single' as const, vault: `kv-${scene}`, key: 'cmk' })),
};

const keyOf = (scene: Scene): string => `https://kv-${scene}.vault.azure.net/keys/cmk`;

const expire = ({ cloud, clock }: App, scene: Scene): void => {
  const version = cloud.world.keyVault.key(`kv-${scene}`, 'cmk')?.versions.at(-1)?.version ?? '';
  const exp = Math.floor((clock.now() - HOUR) / 1_000);
  cloud.world.keyVault.setAttributes(`kv-${scene}`, 'cmk', version, { exp });
};

const statusOf = async (app: App, scene: Scene): Promise<Status> => {
  const id = keyInstanceId({ host: `kv-${scene}.vault.azure.net`, name: 'cmk' });
  const { body } = await app.door({ method: 'GET', path: `/api/reconciliations/${id}` }, 200);
  return body as Status;
};

const planOf = async (app: App, scene: Scene): Promise<string> => (await statusOf(app, scene)).asked[0]?.planId ?? '';

const tamper = async (tables: Tables): Promise<void> => {
  const rowsOf = (scene: Scene) => chainIn(tables, keyOf(scene));
  await replaceChain(tables, keyOf('gone'), []);
  await cut(tables, keyOf('cut'), [(await rowsOf('cut')).length]);
  const changed = rewritten(keyOf('changed'), await rowsOf('changed'), (entry) =>
    entry.kind === 'baseline' ? { ...entry, detail: { sha256: 'f'.repeat(64) } } : entry,
  );
  await replaceChain(tables, keyOf('changed'), changed);
  await replaceChain(tables, keyOf('copied'), await rowsOf('well'));
};

/** A forged approval, in the row and in the ledger, in the form of the product's own. */
const forgeApproval = async (app: App, tables: Tables, scene: Scene): Promise<void> => {
  const { body } = await app.door({ method: 'GET', path: `/api/plans/${await planOf(app, scene)}` }, 200);
  const { incident, planId, stepIds } = body as AskedPlan;
  const at = new Date(app.clock.now()).toISOString();
  const expires = new Date(app.clock.now() + 12 * HOUR).toISOString();
  const approval = { incident, planId, stepIds, by: 'somebody', at, expires, used: [] };
  await putDocument(tables, keyOf(scene), rowNames.approval(approval), approval);
  await enter(tables, keyOf(scene), approvalsAndRequestsOf({ approvals: [approval], requests: [], rejections: [] }));
};

describe('Who may write the tables of the product', () => {
  it('has nothing done by it, and every ledger says what was done to it', async () => {
    const prefix = ownPrefix();
    const settings = { ...APPROVE, GUARDIAN_TABLE_PREFIX: prefix, GUARDIAN_FUSE_ROOT_CAUSES: '99' };
    const app = await startApp({ world: WORLD, wake: 'sweep', settings });
    const tables = { connectionString: app.storage.connectionString, prefix };
    await app.pass(NEXT_SWEEP);
    for (const scene of SCENES) expire(app, scene);
    await app.until('all are down', () => SCENES.every((scene) => isDown(app, scene)), 15 * MINUTE);
    await app.pass(HOUR + NEXT_SWEEP);
    const [planOfGone, planOfWell] = [await planOf(app, 'gone'), await planOf(app, 'well')];

    await tamper(tables);
    await forgeApproval(app, tables, 'approved');
    // The removed entries contain the question: an approval of a plan that the ledger does not prove changes nothing.
    const refused = await approve(app, planOfGone, 'approver');
    expect([refused.status, errorCode(refused)]).toEqual([409, 'LedgerBroken']);
    await app.pass(A_WHILE);
    expect(writes(app)).toEqual([]);

    const faults = await Promise.all(
      SCENES.map(async (scene) => {
        const { verification } = await ledgerOf(app, keyOf(scene));
        return [scene, verification.kind === 'broken' ? verification.fault : 'intact'];
      }),
    );
    expect(Object.fromEntries(faults)).toEqual({
      well: 'intact',
      approved: 'intact',
      gone: expect.stringMatching(/^The chain is gone/),
      cut: expect.stringMatching(/^Rows were cut off: an anchor knows row/),
      changed: expect.stringMatching(/^Row 1 is not the one that was anchored/),
      copied: expect.stringMatching(/belongs to the chain https:\/\/kv-well/),
    });
    for (const scene of ['gone', 'cut', 'changed', 'copied'] as const)
      expect(await statusOf(app, scene)).toMatchObject({
        verdict: 'report',
        decision: { notes: expect.arrayContaining([expect.stringContaining('is not intact')]) },
      });
    expect(await statusOf(app, 'approved')).toMatchObject({
      verdict: 'ask',
      decision: { notes: expect.arrayContaining([expect.stringContaining('given at no door')]) },
    });

    expect(await approve(app, planOfWell, 'approver')).toMatchObject({ status: 202 });
    await app.until('what nobody tampered with is healed', () => serves(app, 'well'), 30 * MINUTE);
    expect(writes(app).filter((line) => !line.includes('well') && !/^PATCH \/keys\/cmk\//.test(line))).toEqual([]);
    expect(SCENES.filter((scene) => serves(app, scene))).toEqual(['well']);
  });
});
