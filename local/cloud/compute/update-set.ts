import { AzureError } from '../arm/error.ts';
import { sameId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';
import { assignOwnIdentity, assignUserIdentity } from './add-set.ts';
import type { Compute } from './compute.ts';
import type { DiskEncryptionSet } from './disk-encryption-set.ts';
import { refusalOf, STARTING } from './key-access.ts';
import { changeKey } from './rotation.ts';
import type { SetIdentityBody, SetUpdate } from './set-body.ts';

/** Ids of the disks and scale sets that are encrypted with a set. */
export const associated = ({ disks, scaleSets }: Compute, { id }: DiskEncryptionSet): string[] =>
  [...disks.all(), ...scaleSets.all()].filter((each) => sameId(each.encryptionSet ?? '', id)).map((each) => each.id);

/**
 * Writes the given properties. An error of the automatic rotation is gone once the key can be used. A new key that cannot be used
 * is refused only where a disk or scale set depends on the set. No document says whether Azure also tries a key that did not
 * change, hence the switch.
 */
export const updateSet = async (
  world: World,
  compute: Compute,
  set: DiskEncryptionSet,
  { identity, tags, properties = {} }: SetUpdate,
): Promise<void> => {
  const { activeKey = set.activeKey, federatedClientId } = properties;
  if (tags) set.tags = tags;
  if (identity) assign(world, set, identity);
  if (federatedClientId === 'None') delete set.federatedClientId;
  else if (federatedClientId) set.federatedClientId = federatedClientId;
  const isSame = sameId(activeKey.keyUrl, set.activeKey.keyUrl);
  const isChecked = !isSame || (world.switches.diskSetPatchChecksKey ?? 'checks') === 'checks';
  const refusal = isChecked ? await refusalOf(world, set, STARTING, activeKey.keyUrl) : undefined;
  if (refusal && !isSame && associated(compute, set).length > 0)
    throw new AzureError(400, refusal.code, refusal.message);
  if (isChecked && !refusal) delete set.autoKeyRotationError;
  changeKey(world, set, activeKey);
  set.encryptionType = properties.encryptionType ?? set.encryptionType;
  set.rotationToLatestKeyVersionEnabled =
    properties.rotationToLatestKeyVersionEnabled ?? set.rotationToLatestKeyVersionEnabled;
  await compute.rotate(set);
};

/**
 * The identities after an update: the type decides on the system-assigned one, `null` takes a user-assigned one away, the others
 * stay.
 */
const assign = (world: World, set: DiskEncryptionSet, { type, userAssignedIdentities = {} }: SetIdentityBody): void => {
  if (type.startsWith('SystemAssigned')) assignOwnIdentity(world, set);
  else if (set.identity.system) {
    world.entra.deleteIdentity(set.id);
    delete set.identity.system;
  }
  if (!type.includes('UserAssigned')) set.identity.user = {};
  for (const [id, value] of Object.entries(userAssignedIdentities)) {
    const known = Object.keys(set.identity.user).find((each) => sameId(each, id));
    if (known !== undefined) delete set.identity.user[known];
    if (value !== null) assignUserIdentity(world, set, id);
  }
};
