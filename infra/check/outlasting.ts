import { isDeepStrictEqual } from 'node:util';
import type { Deployable } from './deployable.ts';
import { ROOTS } from './roots.ts';
import type { Guarded } from './stories.ts';

/** The content of each anchor, by the name of its blob. */
type Anchors = Readonly<Record<string, unknown>>;

const CONTAINER = 'guardian-anchors';
const STORAGE = 'https://storage.azure.com';

/** A destroyed vault is soft-deleted, with its key in it, and nobody may purge it. */
export const vaultIsKept = ({ cloud }: Deployable, { vault, key }: Guarded): void => {
  const deleted = cloud.world.keyVault.deletedVault(vault);
  if (!deleted) throw new Error(`the vault ${vault} is not soft-deleted`);
  if (!deleted.keys.has(key)) throw new Error(`the soft-deleted vault ${vault} lacks the key ${key}`);
  if (!deleted.purgeProtection) throw new Error(`the soft-deleted vault ${vault} could be purged`);
};

const containerOf = ({ cloud }: Deployable) => {
  const account = cloud.world.storage.account(String(ROOTS['anchors']?.['account_name']));
  const container = account?.containers.get(CONTAINER);
  if (!account || !container) throw new Error(`the container ${CONTAINER} is not there`);
  return { account, container };
};

/** Reads every anchor from its blob; rejects where there is no anchor, or a read fails. */
export const readAnchors = async (place: Deployable): Promise<Anchors> => {
  const { account, container } = containerOf(place);
  const { rbac } = place.cloud.world;
  const { objectId: principalId } = place.engineer;
  rbac.assign({ scope: account.id, role: 'Storage Blob Data Reader', principalId, principalType: 'User' });
  const authorization = `Bearer ${await place.token(STORAGE)}`;
  const read = async (name: string) => {
    const url = `https://${account.name}.blob.core.windows.net/${CONTAINER}/${name}`;
    const { status, body } = await place.send({
      method: 'GET',
      url,
      headers: { authorization, 'x-ms-version': '2024-11-04' },
    });
    if (status !== 200) throw new Error(`the anchor ${name} is not there: ${status}`);
    return [name, body] as const;
  };
  const names = [...container.blobs.keys()];
  if (names.length === 0) throw new Error('the ledger has no anchors');
  return Object.fromEntries(await Promise.all(names.map(read)));
};

/** All anchors still have the same content. */
export const anchorsAreKept = async (place: Deployable, before: Anchors): Promise<void> => {
  const now = await readAnchors(place);
  const lost = Object.keys(before).filter((name) => !isDeepStrictEqual(now[name], before[name]));
  if (lost.length > 0) throw new Error(`anchors were lost or changed: ${lost.join(', ')}`);
};
