import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startAzurite } from '../../local/azurite.ts';
import { type Booted, boot } from '../../local/boot.ts';
import { sendToHost } from '../../local/call-host.ts';
import { buildWorld, type WorldPlan } from '../../local/cloud/worlds/build-world.ts';
import { type RunningHost, startHostProcess } from '../../local/host-process.ts';
import { buildEmptyApp } from '../empty-app.ts';
import { countStorage, type Traffic } from '../ledger/counted-storage.ts';
import { bigEstate, KEYS_A_VAULT } from '../scale/big-estate.ts';
import { settings } from '../settings.ts';
import { type Kind, unusedKey } from './kinds.ts';

const MINUTE = 60_000;
/** A sweep half a minute after the start shows the product the consumers of the keys; after that only events wake it. */
const NEW_YEAR = '0 0 0 1 1 *';
const BEFORE_NEW_YEAR = new Date('2026-12-31T23:59:30Z');
const PATIENCE_MS = 10 * MINUTE;

/** An app with functions of the product's names, which do nothing. */
const EMPTY_APP = `
import { app } from '@azure/functions';
for (const name of ['on-key-vault-event', 'on-resource-event']) app.eventGrid(name, { handler: async () => {} });
`;

/** A worker asks once in five seconds who else calls Azure, so that all share its quotas: however many events there are. */
const isOfAnEvent = (path: string): boolean => !path.includes("'callers'");

/** The product with a number of healthy keys, and the empty function. Each runs in a host of its own; both live on one clock. */
export type Scene = {
  readonly rig: Booted;
  readonly traffic: Traffic;
  readonly empty: RunningHost;
  close(): Promise<void>;
};

const estate = (keys: number): WorldPlan => {
  const { vaults = [], ...users } = bigEstate({ keys, keysAVault: KEYS_A_VAULT, subscriptions: 1 });
  const unused = Array.from({ length: keys }, (_, n) => ({ name: unusedKey(n) }));
  return { vaults: vaults.map((vault) => ({ ...vault, keys: [...vault.keys, ...unused] })), ...users };
};

const startEmpty = async ({ clock, cloud }: Booted, folder: string): Promise<RunningHost> =>
  startHostProcess(clock, {
    appFolder: await buildEmptyApp(folder, EMPTY_APP),
    stateFolder: folder,
    port: 0,
    environment: { ...process.env, ...cloud.environment },
    log: () => {},
  });

/** Delivers one event as Event Grid does, and lets time pass until the product has accepted it and has ended all work for it. */
export const deliver = async ({ clock }: Booted, host: RunningHost, kind: Kind, n: number): Promise<void> => {
  let status: number | undefined;
  const path = `/runtime/webhooks/eventgrid?functionName=${kind.functionName}&code=${host.eventGridKey}`;
  const headers = { 'aeg-event-type': 'Notification' };
  void sendToHost(clock, host, { method: 'POST', path, headers, body: [kind.event(n)] }).then(
    (answer) => {
      status = answer.status;
    },
    () => {
      status = 0;
    },
  );
  await clock.advance(PATIENCE_MS, () => status !== undefined);
  if (status !== 202) throw new Error(`An event of the kind ${kind.name} was answered ${status}.`);
  await clock.advance(1_000);
};

export const openScene = async (keys: number): Promise<Scene> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cmk-guardian-bench-'));
  const stops: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    const azurite = await startAzurite();
    stops.push(() => azurite.close());
    const storage = await countStorage(azurite.connectionString, { counts: isOfAnEvent });
    stops.push(() => storage.close());
    const rig = await boot({
      storage: { ...azurite, connectionString: storage.connectionString },
      settings: { ...settings, GUARDIAN_SWEEP_SCHEDULE: NEW_YEAR, GUARDIAN_PROBE_SCHEDULE: NEW_YEAR },
      now: BEFORE_NEW_YEAR,
      switches: { keyCheckSeconds: 86_400 },
    });
    stops.push(() => rig.close());
    buildWorld(rig.cloud.world, estate(keys));
    const empty = await startEmpty(rig, folder);
    stops.push(() => empty.kill());
    await rig.clock.advance(5 * MINUTE);
    return { rig, traffic: storage.traffic, empty, close };
  } catch (error) {
    await close();
    throw error;
  }
};
