import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type Booted, type BootOptions, boot } from '../../local/boot.ts';
import type { LoggedRequest } from '../../local/cloud/request-log.ts';
import { subscriptionId } from '../../local/cloud/worlds/product.ts';
import { settings } from '../settings.ts';
import { KEY_ID, KEY_NAME, VAULT_NAME } from './place.ts';
import { type ByProcess, processorByProcess, spentSince } from './processor-by-process.ts';

const MINUTE = 60_000;
/** One sweep, half a minute after the start, tells the product who uses the key; then every wake-up is one that is sent. */
const NEW_YEAR = '0 0 0 1 1 *';
const BEFORE_NEW_YEAR = new Date('2026-12-31T23:59:30Z');

/** A server, its key, the product that has swept once, and two scripts, on one clock. */
export type Scene = {
  readonly rig: Booted;
  /** Lets the key expire and waits until the server refuses connections. */
  breakServer(): Promise<void>;
  /** Has the product look at the key, by HTTP, and waits until its run has ended. Resolves with what Azure saw. */
  reconcile(): Promise<Run>;
  /** Has the script heal that keeps no record. */
  runScript(): Promise<Run>;
  /** Has the script heal that keeps the product's record. */
  runRecording(): Promise<Run>;
  close(): Promise<void>;
};

/** Real and virtual milliseconds from the wake-up on, every request to Azure, and when it began (ISO 8601, virtual). */
export type Run = {
  readonly ms: number;
  readonly virtualMs: number;
  readonly requests: readonly LoggedRequest[];
  readonly startedAt: string;
  readonly processor: ByProcess;
};

const until = async ({ clock }: Booted, what: string, holds: () => boolean | Promise<boolean>): Promise<void> => {
  if (!(await clock.advance(30 * MINUTE, holds))) throw new Error(`Half an hour has passed, and not yet: ${what}`);
};

const pinnedVersion = ({ cloud }: Booted): string =>
  cloud.world.keyVault.key(VAULT_NAME, KEY_NAME)?.versions.at(-1)?.version ?? '';

const isServer = ({ cloud }: Booted, condition: string): boolean =>
  cloud.world.mysql.servers.all().every(({ availability }) => availability.condition === condition);

const timed = async (rig: Booted, run: () => Promise<void>): Promise<Run> => {
  const { clock, cloud } = rig;
  const from = clock.now();
  const startedAt = new Date(from).toISOString();
  const since = cloud.requests.list().at(-1)?.n ?? 0;
  const before = processorByProcess(rig.host());
  const began = performance.now();
  await run();
  const ms = performance.now() - began;
  const processor = spentSince(before, processorByProcess(rig.host()));
  return { ms, virtualMs: clock.now() - from, requests: cloud.requests.list({ since }), startedAt, processor };
};

/** Asks from outside the clock, so that it may be asked while time is let pass. */
const hasEnded = async (rig: Booted, instanceId: string): Promise<boolean> => {
  const { port, masterKey } = rig.host();
  const url = `http://127.0.0.1:${port}/runtime/webhooks/durabletask/instances/${instanceId}?code=${masterKey}`;
  const { runtimeStatus } = (await (await fetch(url)).json()) as { runtimeStatus: string };
  return runtimeStatus === 'Completed';
};

const reconcile = async (rig: Booted): Promise<void> => {
  const { status, body } = await rig.call({
    method: 'POST',
    path: '/api/keyed/reconciliations',
    body: { key: KEY_ID },
  });
  if (status !== 202) throw new Error(`The door answered ${status}: ${JSON.stringify(body)}`);
  const { id } = body as { id: string };
  // Asked only where it may be so: each question sets host and clock to work, which is no part of the heal.
  await until(rig, 'the run has ended', () => isServer(rig, 'ready') && hasEnded(rig, id));
};

const breakServer = async (rig: Booted): Promise<void> => {
  const exp = Math.floor(rig.clock.now() / 1_000) - 1;
  rig.cloud.world.keyVault.letExpire(VAULT_NAME, KEY_NAME, pinnedVersion(rig), exp);
  await until(rig, 'the server is inaccessible', () => isServer(rig, 'inaccessible'));
};

const SETTINGS = { ...settings, GUARDIAN_SWEEP_SCHEDULE: NEW_YEAR, GUARDIAN_PROBE_SCHEDULE: NEW_YEAR };

const forkScript = (rig: Booted, file: string): ChildProcess => {
  const ofProduct = { ...SETTINGS, AzureWebJobsStorage: rig.storage.connectionString };
  const env = { ...process.env, ...rig.cloud.environment, ...ofProduct };
  return rig.clock.fork(path.join(import.meta.dirname, file), [subscriptionId, pinnedVersion(rig)], { env });
};

const runScript = async (rig: Booted, script: ChildProcess): Promise<void> => {
  let answered = false;
  const answer = once(script, 'message').then(() => {
    answered = true;
  });
  script.send('heal');
  await until(rig, 'the script has healed', () => answered || script.exitCode !== null);
  if (script.exitCode !== null) throw new Error(`The script ended with ${script.exitCode}`);
  await answer;
};

export const openScene = async (surroundings: Pick<BootOptions, 'storage'> = {}): Promise<Scene> => {
  const rig = await boot({
    world: 'mysql-single',
    settings: SETTINGS,
    now: BEFORE_NEW_YEAR,
    switches: { inaccessibleAfterSeconds: 30 },
    ...surroundings,
  });
  const script = forkScript(rig, 'straight-line.ts');
  const recording = forkScript(rig, 'recording-line.ts');
  await rig.clock.advance(MINUTE);
  return {
    rig,
    breakServer: () => breakServer(rig),
    reconcile: () => timed(rig, () => reconcile(rig)),
    runScript: () => timed(rig, () => runScript(rig, script)),
    runRecording: () => timed(rig, () => runScript(rig, recording)),
    close: () => rig.close(),
  };
};
