import { describe, expect, it } from 'vitest';
import { PUBLIC_ADDRESS } from '../../../local/cloud/network/network.ts';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import type { Coverage } from '../../../src/posture/coverage.ts';
import type { PostureLine } from '../../../src/posture/lines.ts';
import { ROWS } from '../../../src/posture/rows.ts';
import { placeOfStep } from '../../../src/posture/step-needs.ts';
import { STEP_KINDS } from '../../../src/remediation/steps/steps.ts';
import { allStorage } from '../../builders/all-storage.ts';
import { type App, DAY, MINUTE, NEXT_SWEEP, startApp } from '../../builders/app.ts';
import {
  FLEXIBLE,
  flexible,
  loseOrders,
  orders,
  ordersServes,
  SINGLE,
  single,
  VAULT,
  writes,
} from '../../builders/incident.ts';
import { productObjectId } from '../../builders/key-loss.ts';
import { statusOf } from '../../builders/people.ts';
import { closeFirewall, takeKeyPermissions, takeRole } from '../../builders/rights.ts';
import { repeated, sampled } from '../../run/exhaustive.ts';
import { runStorage } from '../../run/ground.ts';

type Report = {
  readonly ageSeconds: number;
  readonly isComplete: boolean;
  readonly unreadable: readonly string[];
  readonly rows: readonly { readonly id: string; readonly pass?: number; readonly fail?: number }[];
  readonly lines: readonly PostureLine[];
  readonly coverage: readonly Coverage[];
};

/** Has a report made, lets time pass for it, and shows it. */
const reportOf = async (app: App, query = ''): Promise<Report> => {
  await app.door({ method: 'POST', path: '/api/posture' }, 202);
  await app.pass(2 * MINUTE);
  return (await app.door({ method: 'GET', path: `/api/posture${query}` }, 200)).body as Report;
};

const coverageOf = async (app: App, step: string): Promise<Coverage | undefined> => {
  await reportOf(app);
  const { body } = await app.door({ method: 'GET', path: '/api/coverage' }, 200);
  return (body as { value: readonly Coverage[] }).value.find((one) => one.step === step);
};

const start = () => startApp({ world: orders([single('orders'), flexible('web')]), wake: 'doors' });

/** The rows that the plain world fails: it has no tags, locks, logs or backups, and no closed firewall. */
const RECOMMENDED = ['S2.3', 'S2.18', 'S2.38', 'S2.39', 'S2.41', 'S2.42', 'S2.43', 'S2.57', 'S2.58'];

const ON_KEYS: readonly string[] = STEP_KINDS.filter((kind) => placeOfStep(kind) === 'key');

describe('the posture report', () => {
  it('is made when it is first asked for, has a line for every row and consumer, and writes nothing', async () => {
    const app = await start();
    const first = await app.door({ method: 'GET', path: '/api/posture' }, 202);
    expect(first.headers['retry-after']).toBe('30');
    await app.pass(2 * MINUTE);
    const { body } = await app.door({ method: 'GET', path: '/api/posture' }, 200);
    const { lines, rows, isComplete, unreadable, ageSeconds } = body as Report;
    expect([isComplete, unreadable]).toEqual([true, []]);
    expect(ageSeconds).toBeGreaterThan(0);
    expect(rows.map(({ id }) => id)).toEqual(ROWS.map(({ id }) => id));
    expect(new Set(lines.map(({ row }) => row))).toEqual(new Set([...ROWS.map(({ id }) => id), 'coverage', 'rights']));
    const pathRows = ROWS.filter(({ about }) => about === 'path').length;
    for (const id of [SINGLE, FLEXIBLE]) expect(lines.filter(({ subject }) => subject === id)).toHaveLength(pathRows);
    const failing = lines.filter(({ verdict, kind }) => verdict === 'fail' && kind !== 'mysqlFlexibleServer');
    expect(failing.map(({ row }) => row)).toEqual(RECOMMENDED);
    expect(writes(app)).toEqual([]);
  });

  repeated(
    'fails the rows of what is broken, passes them when it was healed, and leaves out what was not asked for',
    async () => {
      const app = await startApp({
        world: orders([single('orders')]),
        wake: 'sweep',
        settings: { GUARDIAN_MODE: 'observe' },
      });
      await loseOrders(app);
      const broken = await reportOf(app, '?verdict=fail');
      expect(broken.lines.map(({ row }) => row)).toEqual(expect.arrayContaining(['S2.44', 'S2.45', 'S2.50']));
      expect(broken.lines.every(({ verdict }) => verdict === 'fail')).toBe(true);
      expect(broken.lines.find(({ row }) => row === 'S2.50')).toMatchObject({
        subject: SINGLE,
        evidence: expect.stringContaining('expires on 2026-03-01'),
        runbook: 'docs/runbooks/key-expired.md',
      });
      await app.pass(NEXT_SWEEP);
      const { findings } = (await statusOf(app)).decision;
      expect(findings).toMatchObject([
        { kind: 'keyExpired', runbook: 'docs/runbooks/key-expired.md' },
        { kind: 'consumerInaccessible', runbook: 'docs/runbooks/consumer-inaccessible.md' },
      ]);
      await app.restartHost({ GUARDIAN_MODE: 'auto' });
      await ordersServes(app);
      const { lines } = await reportOf(app, '?row=S2.50');
      expect(lines).toMatchObject([{ row: 'S2.50', subject: SINGLE, verdict: 'pass' }]);
    },
  );

  repeated(
    'leaves no more behind in storage after many than after two: the last one, and what it replaced',
    async () => {
      const app = await start();
      const kept = async (): Promise<readonly string[]> =>
        (await allStorage(runStorage(), app.tablePrefix)).flatMap((one) => /-posture\/(\S+)/.exec(one)?.[1] ?? []);
      const made: (readonly string[])[] = [];
      for (let report = 0; report < 5; report += 1) {
        // The report tells when the key ends: each has documents of its own.
        const exp = Math.floor((app.clock.now() + (100 + report) * DAY) / 1_000);
        app.cloud.world.keyVault.setAttributes(VAULT, 'cmk', undefined, { exp });
        expect((await reportOf(app)).isComplete).toBe(true);
        made.push(await kept());
      }
      const [first = [], second = [], ...later] = made;
      expect(second.length).toBeGreaterThan(first.length);
      expect(first.filter((name) => !later.at(-1)?.includes(name))).not.toEqual([]);
      expect(later.map(({ length }) => length)).toEqual(later.map(() => second.length));
    },
  );

  repeated('is given as CSV, with one heading and a line each', async () => {
    const app = await start();
    const { lines } = await reportOf(app);
    const { port, masterKey } = app.host();
    const path = `http://127.0.0.1:${port}/api/keyed/posture?format=csv`;
    const answer = app.clock.hold(() =>
      fetch(path, { headers: { 'x-functions-key': masterKey } }).then((one) => one.text()),
    );
    await app.pass(MINUTE);
    const text = await answer;
    expect(text.split('\r\n')[0]).toBe('row,statement,check,subject,kind,use,verdict,evidence,plan,runbook');
    expect(text.split('\r\n')).toHaveLength(lines.length + 2);
  });
});

describe('a part of the posture report that does not exist', () => {
  it.each(
    sampled(
      [
        ['?verdict=failed', /pass, fail, unknown, notApplicable/],
        ['?row=S2.99', /S2\.69/],
        ['?format=xml', /csv/],
      ],
      0,
    ),
  )('%s is refused with what there is: no line is no good news', async (query, what) => {
    const app = await start();
    await reportOf(app);
    const { body } = await app.door({ method: 'GET', path: `/api/posture${query}` }, 400);
    expect(body).toMatchObject({ error: { message: expect.stringMatching(what) } });
  });
});

describe('coverage', () => {
  it('says with the command that a closed firewall keeps the product out of a vault with access policies', async () => {
    const app = await start();
    closeFirewall(app);
    expect(await coverageOf(app, 'extendKeyExpiry')).toEqual({
      vault: app.cloud.world.keyVault.vault(VAULT)?.id,
      step: 'extendKeyExpiry',
      canSee: true,
      canRepair: false,
      why: [expect.stringMatching(/The firewall keeps the product out.*ForbiddenByFirewall/)],
      commands: [
        `az keyvault network-rule add --name ${VAULT} --subscription ${subscriptionId} --resource-group data --subnet '<id of the subnet of the function app>'`,
        expect.stringContaining(`az network private-endpoint create --name pe-${VAULT} --resource-group data`),
      ],
    });
    const { body } = await app.door({ method: 'GET', path: '/api/coverage?gaps=true' }, 200);
    expect((body as { value: readonly Coverage[] }).value.map(({ step }) => step).sort()).toEqual([...ON_KEYS].sort());
  });

  repeated('is whole behind the same firewall where it lets the product’s own network in', async () => {
    const app = await start();
    const networkAcls = {
      bypass: 'AzureServices' as const,
      defaultAction: 'Deny' as const,
      ipRules: [{ value: PUBLIC_ADDRESS }],
      virtualNetworkRules: [],
    };
    app.cloud.world.keyVault.updateVault(VAULT, { networkAcls });
    expect(await coverageOf(app, 'extendKeyExpiry')).toMatchObject({ canSee: true, canRepair: true, commands: [] });
    const { lines } = await reportOf(app, '?row=S2.41');
    expect(lines.map(({ verdict }) => verdict)).toEqual(['pass', 'pass']);
  });

  repeated('names the entry that an access policy lacks', async () => {
    const app = await start();
    takeKeyPermissions('update')(app);
    expect(await coverageOf(app, 'extendKeyExpiry')).toMatchObject({
      canSee: true,
      canRepair: false,
      commands: [
        `az keyvault set-policy --name ${VAULT} --subscription ${subscriptionId} --object-id ${productObjectId(app)} --key-permissions get list update recover restore`,
      ],
    });
  });

  repeated('is itself in the report, as far as the product can see without its role', async () => {
    const app = await start();
    await reportOf(app);
    takeRole(app);
    const { lines, isComplete } = await reportOf(app);
    expect(isComplete).toBe(false);
    expect(lines.filter(({ kind, verdict }) => kind === 'cluster' && verdict === 'fail')).toEqual([]);
  });
});
