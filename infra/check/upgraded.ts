import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { zip } from '../../release/archive.ts';
import type { PackageFiles } from '../../release/package-files.ts';
import { askApp, type DurableInstance, durableInstances } from './asking.ts';
import type { Deployable } from './deployable.ts';
import type { Released } from './released.ts';
import { type Guarded, incidentSince, keyOf, MINUTE, within } from './stories.ts';

const NEWER = '9.9.9';

/** The same package with a newer version number in it. */
const newer = (files: PackageFiles, version: string): PackageFiles => {
  const says = new RegExp(`\\b(VERSION\\d*) = "${version.replaceAll('.', '\\.')}"`);
  const texts = [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString()] as const);
  const found = texts.filter(([name, text]) => name.endsWith('.js') && says.test(text));
  const [file] = found;
  if (!file || found.length > 1) throw new Error(`${found.length} files of the package say its version ${version}`);
  return new Map([...files, [file[0], Buffer.from(file[1].replace(says, `$1 = "${NEWER}"`))]]);
};

/** Puts the newer package beside the released one; returns its URL. */
export const releaseNewer = async (
  place: Deployable,
  { folder, files, version }: Pick<Released, 'folder' | 'files' | 'version'>,
): Promise<string> => {
  const file = path.join(folder, 'newer.zip');
  await writeFile(file, zip(newer(files, version)));
  return (await place.say<{ url: string }>('repair/release', { file, path: '/v2/released-package.zip' })).url;
};

const versionOf = async (place: Deployable): Promise<unknown> =>
  ((await askApp(place, 'health/details')) as { version: unknown }).version;

/** Durable instances that recover a key, since an instant. */
const recovering = async (place: Deployable, since: number): Promise<readonly DurableInstance[]> =>
  (await durableInstances(place)).filter(
    ({ name, createdTime }) => name === 'recoverKey' && Date.parse(createdTime) >= since,
  );

const recoveries = ({ cloud }: Deployable, { vault }: Guarded, since: number): number =>
  cloud.world.auditLog
    .rows()
    .filter(({ at, operation, vaultId }) => at >= since && operation === 'KeyRecover' && vaultId.endsWith(`/${vault}`))
    .length;

/** A deleted key whose recovery the vault refuses for the moment: its orchestration waits for the next attempt. */
const waitingFor = async (place: Deployable, { vault, key }: Guarded): Promise<DurableInstance> => {
  const since = place.clock.now();
  const route = `POST https://${vault}.vault.azure.net/deletedkeys/${key}/recover*`;
  place.cloud.faults.add({ route, kind: '503', rate: 1 });
  await place.say('break/delete-key', { vault, key });
  for (let passed = 0; passed < 15; passed += 1) {
    await place.clock.advance(MINUTE);
    const [found] = await recovering(place, since);
    if (found?.runtimeStatus === 'Running') return found;
  }
  throw new Error('no orchestration waits for a vault that refuses');
};

/**
 * The waiting recovery has ended, once and by the same instance: in the audit log, in the ledger, in the history of durable
 * instances.
 */
const endedOnce = async (place: Deployable, guarded: Guarded, begun: DurableInstance, since: number): Promise<void> => {
  const [instance, ...more] = await recovering(place, since);
  if (instance?.instanceId !== begun.instanceId || instance.createdTime !== begun.createdTime || more.length > 0)
    throw new Error('another orchestration than the one that waited has recovered the key');
  if (instance.runtimeStatus !== 'Completed') throw new Error(`what waited is ${instance.runtimeStatus}`);
  const count = recoveries(place, guarded, since);
  if (count !== 1) throw new Error(`the key was recovered ${count} times`);
  const { isOpen, writes, ledger } = await incidentSince(place, guarded, since);
  const [write, ...others] = writes.filter(({ step }) => step === 'recoverKey');
  if (isOpen || write?.outcome !== 'done' || others.length > 0 || ledger.verification.kind !== 'intact')
    throw new Error(`the ledger tells of the incident: ${JSON.stringify({ isOpen, writes, ledger })}`);
};

/**
 * A newer package is deployed while an orchestration waits. The orchestration goes on in it: no work is lost and none is done
 * twice.
 */
export const upgradedMeanwhile = async (
  place: Deployable,
  guarded: Guarded,
  upgrade: () => Promise<void>,
): Promise<void> => {
  console.log('an upgrade in the middle of an incident');
  const [since, before] = [place.clock.now(), await versionOf(place)];
  const begun = await waitingFor(place, guarded);
  await upgrade();
  if (keyOf(place, guarded).deletedAt === undefined) throw new Error('the key was recovered before the upgrade');
  const { hosting, sites } = place.cloud.world.web;
  await within(place, 5, 'the newer host runs', () => sites.all().every(({ id }) => hosting.host(id) !== undefined));
  const now = await versionOf(place);
  if (now === before || now !== NEWER) throw new Error(`the app is of version ${String(now)} after the upgrade`);
  place.cloud.faults.clear();
  await within(place, 20, 'the key is recovered', () => keyOf(place, guarded).deletedAt === undefined);
  await place.clock.advance(5 * MINUTE);
  await endedOnce(place, guarded, begun, since);
};
