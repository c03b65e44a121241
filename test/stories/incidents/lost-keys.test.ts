import { describe, expect, it } from 'vitest';
import { type App, HOUR, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  EXTENSION,
  expireKey,
  flexible,
  history,
  keyVersion,
  ledgerOf,
  linesOf,
  orders,
  REVALIDATION,
  SINGLE,
  server,
  serves,
  single,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import {
  deleteKey,
  disableKey,
  loseKey,
  PATCH_OF_SERVER,
  postponeKey,
  purgeKey,
  RECOVERY,
} from '../../builders/key-loss.ts';
import { APPROVE, approve, askedPlan, PEOPLE, statusOf } from '../../builders/people.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';

const HALF_AN_HOUR = 30 * MINUTE;
const PATCH_OF_KEY = EXTENSION;

const started = (servers = [single('orders')], settings: Record<string, string> = {}) =>
  startApp({ world: orders(servers), wake: 'sweep', settings });

const comesBack = (app: App, name: string) => app.until(`${name} serves again`, () => serves(app, name), HALF_AN_HOUR);

const loseAnswers = ({ cloud }: App, route: string, times: number): void => {
  cloud.faults.add({ route, kind: 'reset-after', rate: 1, times });
};

/** A person approves the plan that the policy asks for. */
const askedAndApproved = async (app: App): Promise<void> => {
  await app.pass(6 * MINUTE);
  expect(await statusOf(app)).toMatchObject({ verdict: 'ask' });
  expect(writes(app)).toEqual([]);
  expect(await approve(app, await askedPlan(app), 'approver')).toMatchObject({ status: 202 });
};

describe('a deleted key', () => {
  repeated.each(
    sampled(
      [
        ['single', single('orders'), 'orders', REVALIDATION],
        ['flexible', flexible('web'), 'web', PATCH_OF_SERVER],
      ],
      0,
    ),
  )('is recovered without asking, and its %s server revalidated', async (_generation, plan, name, revalidation) => {
    const app = await started([plan] as Parameters<typeof started>[0]);
    await loseKey(app, deleteKey, name);
    await comesBack(app, name);
    await app.pass(6 * MINUTE);

    expect(history(app, name)).toEqual(['keyLost', 'refused', 'ready']);
    expect(writes(app)).toEqual([expect.stringMatching(RECOVERY), expect.stringMatching(revalidation)]);
    expect(linesOf(await ledgerOf(app))).toEqual([
      'baseline',
      'opened',
      'seen',
      'decided',
      'intent recoverKey',
      'outcome recoverKey done',
      'seen',
      'decided',
      'intent revalidateConsumer',
      'outcome revalidateConsumer done',
      'seen',
      'closed',
    ]);
    const recovery = (await ledgerOf(app)).entries.find(
      ({ kind, step }) => kind === 'outcome' && step === 'recoverKey',
    );
    expect(recovery?.correlationIds).not.toEqual([]);
  });

  repeated('is recovered in a vault with roles too, by the data actions of the product', async () => {
    const app = await startApp({ world: orders([single('orders')], {}, 'roles'), wake: 'sweep' });
    await loseKey(app, deleteKey, 'orders');
    await comesBack(app, 'orders');
    expect(writes(app)).toEqual([expect.stringMatching(RECOVERY), expect.stringMatching(REVALIDATION)]);
  });

  repeated('is recovered in mode approve on one yes, which covers the revalidation that follows', async () => {
    const app = await started([single('orders')], APPROVE);
    await loseKey(app, deleteKey, 'orders');
    await askedAndApproved(app);
    await comesBack(app, 'orders');
    expect(writes(app)).toEqual([expect.stringMatching(RECOVERY), expect.stringMatching(REVALIDATION)]);
  });

  repeated('that had expired is recovered, then extended, and only then its server revalidated', async () => {
    const app = await started();
    const lose = () => {
      expireKey(app);
      deleteKey(app);
    };
    await loseKey(app, lose, 'orders');
    await comesBack(app, 'orders');
    expect(writes(app)).toEqual([RECOVERY, EXTENSION, REVALIDATION].map((one) => expect.stringMatching(one)));
  });

  repeated.each(
    sampled(
      [
        ['the answer to its recovery is lost', (app: App) => loseAnswers(app, 'POST *deletedkeys*', 1)],
        ['eight reads of the key are never answered', (app: App) => loseAnswers(app, 'GET *kv-orders*/keys/cmk*', 8)],
      ],
      0,
    ),
  )('is recovered by one request also where %s', async (_what, disturb) => {
    const app = await started();
    await loseKey(app, deleteKey, 'orders');
    disturb(app);
    await comesBack(app, 'orders');
    await app.pass(6 * MINUTE);
    expect(writes(app)).toEqual([expect.stringMatching(RECOVERY), expect.stringMatching(REVALIDATION)]);
    expect(linesOf(await ledgerOf(app)).at(-1)).toBe('closed');
  });

  repeated('brings back each server on the version that it pins', async () => {
    const world = orders([single('orders', 1), { ...flexible('web') }], { versions: 2 });
    const app = await startApp({ world, wake: 'sweep' });
    await loseKey(app, deleteKey, 'orders');
    await comesBack(app, 'orders');
    await comesBack(app, 'web');
    const recoveries = writes(app).filter((write) => RECOVERY.test(write));
    expect(recoveries).toHaveLength(1);
  });

  repeated('that was purged is left to a human, who is told that only a backup helps', async () => {
    const app = await started();
    await loseKey(app, deleteKey, 'orders');
    purgeKey(app);
    await app.pass(HOUR);
    const { decision } = await statusOf(app);
    expect(decision.findings.map(({ kind }) => kind)).toEqual([
      'keyPurged',
      'consumerInaccessible',
      'purgeProtectionOff',
    ]);
    expect(decision.notes.join()).toContain('az keyvault key restore');
    expect(writes(app)).toEqual([]);
  });
});

describe('a key that was switched off', () => {
  it.each(
    sampled(
      [
        ['disabled', disableKey, 'enableKey'],
        ['not active yet', postponeKey, 'setActivationDate'],
      ],
      0,
    ),
  )('(%s) is given back only after somebody has said yes', async (_how, lose, kind) => {
    const app = await started([single('orders')], PEOPLE);
    await loseKey(app, lose, 'orders');
    await askedAndApproved(app);
    await comesBack(app, 'orders');
    await app.pass(6 * MINUTE);

    expect(writes(app)).toEqual([expect.stringMatching(PATCH_OF_KEY), expect.stringMatching(REVALIDATION)]);
    expect(linesOf(await ledgerOf(app))).toEqual(expect.arrayContaining([`outcome ${kind} done`, 'closed']));
    expect(keyVersion(app)).toMatchObject({ enabled: true });
  });

  repeated(
    'and has expired meanwhile is enabled, then extended, then its server revalidated, on one approval and policy',
    async () => {
      const settings = { ...PEOPLE, GUARDIAN_NEAR_EXPIRY: 'PT10M' };
      const app = await started([single('orders')], settings);
      const expiry = app.clock.now() + 40 * MINUTE;
      app.cloud.world.keyVault.letExpire(VAULT, 'cmk', keyVersion(app).version, expiry / 1_000);
      await app.pass(NEXT_SWEEP);
      await loseKey(app, disableKey, 'orders');
      await app.pass(expiry - app.clock.now() + MINUTE);
      await askedAndApproved(app);
      await comesBack(app, 'orders');
      await app.pass(6 * MINUTE);
      expect(writes(app)).toHaveLength(3);
      const outcomes = linesOf(await ledgerOf(app)).filter((line) => line.startsWith('outcome'));
      expect(outcomes).toEqual([
        'outcome enableKey done',
        'outcome extendKeyExpiry done',
        'outcome revalidateConsumer done',
      ]);
    },
  );
});

describe('what somebody took away on purpose', () => {
  const TAG = { 'cmk-guardian:do-not-heal': 'the customer left' };
  const everything = { GUARDIAN_AUTO_REVERSE: 'all' };

  const marks: readonly (readonly [string, (app: App) => void | Promise<void>])[] = [
    [
      'a tag on the key',
      (app) => void app.cloud.world.keyVault.setAttributes(VAULT, 'cmk', keyVersion(app).version, { tags: TAG }),
    ],
    ['a tag on one of two servers', (app) => void Object.assign(server(app, 'web').tags, TAG)],
    [
      'a record for a server',
      async (app) => {
        const body = { target: SINGLE, why: 'the customer left' };
        await app.door({ method: 'PUT', path: '/api/do-not-heal', body }, 200);
      },
    ],
  ];

  repeated.each(marks)('is not given back where %s says so', async (_what, mark) => {
    for (const lose of sampled([deleteKey, disableKey], 1)) {
      const app = await started([single('orders'), flexible('web')] as Parameters<typeof started>[0], everything);
      await app.pass(6 * MINUTE);
      await mark(app);
      await loseKey(app, lose, 'orders');
      await app.pass(HOUR);
      expect(await statusOf(app)).toMatchObject({ verdict: 'report' });
      expect(writes(app)).toEqual([]);
    }
  });

  repeated('is reported in mode observe, and nothing is written', async () => {
    for (const lose of [deleteKey, disableKey]) {
      const app = await started([single('orders')], { GUARDIAN_MODE: 'observe', ...everything });
      await loseKey(app, lose, 'orders');
      await app.pass(HOUR);
      expect((await statusOf(app)).decision.plan.steps.map(({ kind }) => kind)).toContain('revalidateConsumer');
      expect(writes(app)).toEqual([]);
    }
  });

  repeated('stays unknown behind a closed firewall, where nobody can see what became of the key', async () => {
    const app = await started([single('orders')], everything);
    const lose = () => {
      const networkAcls = {
        bypass: 'AzureServices',
        defaultAction: 'Deny',
        ipRules: [],
        virtualNetworkRules: [],
      } as const;
      app.cloud.world.keyVault.updateVault(VAULT, {
        networkAcls: { ...networkAcls, ipRules: [], virtualNetworkRules: [] },
      });
      deleteKey(app);
    };
    await loseKey(app, lose, 'orders');
    await app.pass(HALF_AN_HOUR);
    const { decision } = await statusOf(app);
    expect(decision.findings.map(({ kind }) => kind)).toEqual([
      'observationIncomplete',
      'keyMissing',
      'consumerInaccessible',
    ]);
    expect(decision.notes.join()).toContain(`az keyvault key recover --vault-name ${VAULT}`);
    expect(writes(app)).toEqual([]);
  });
});
