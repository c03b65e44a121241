import { resourceId } from '../../../local/cloud/arm/resource-id.ts';
import type { FullWorld } from '../../../local/cloud/create-world.ts';
import { subscriptionId } from '../../../local/cloud/worlds/product.ts';
import { theServer } from './find-subject.ts';
import { KEY_NAME, type Subject } from './subjects.ts';

export type Stranger = { readonly name: string; readonly principalId: string };

const PLACE = { subscription: subscriptionId, group: 'data' };

/** A user-assigned identity that a stranger's own machine holds too: access for the identity is access for that machine. */
const heldByAMachine = (world: FullWorld, name: string): { id: string; principalId: string } => {
  const { id } = world.managedIdentities.create({ ...PLACE, name: `${name}-identity` });
  const machine = resourceId({ ...PLACE, type: 'Microsoft.Compute/virtualMachines', name: `${name}-machine` });
  world.entra.attachIdentity(machine, id);
  return { id, principalId: world.entra.managedIdentity(id)?.objectId ?? '' };
};

const keyOf = ({ keyVault }: FullWorld, { vault }: Subject) => ({
  keyUri: keyVault.key(vault, KEY_NAME)?.versions.at(-1)?.kid ?? '',
  sourceVault: keyVault.vault(vault)?.id ?? '',
});

const flexibleServer = (world: FullWorld, { keyUri }: { keyUri: string }): Stranger => {
  const name = 'strange-server';
  const { id, principalId } = heldByAMachine(world, name);
  world.mysql.addFlexibleServer({ ...PLACE, name, encryption: { keyUri, identity: id } });
  return { name, principalId };
};

const singleServer = (world: FullWorld, { keyUri }: { keyUri: string }): Stranger => {
  const name = 'strange-single';
  const { identity } = world.mysql.addSingleServer({ ...PLACE, name, keyUri });
  return { name, principalId: identity?.principalId ?? '' };
};

const encryptionSet = (world: FullWorld, key: { keyUri: string; sourceVault: string }): Stranger => {
  const name = 'strange-set';
  const { id, principalId } = heldByAMachine(world, name);
  world.compute.addSet({ ...PLACE, name, keyUrl: key.keyUri, sourceVault: key.sourceVault, identities: [id] });
  return { name, principalId };
};

/** A true copy of the owner's server, but with an identity that is not its source's. */
const copyInDisguise = (world: FullWorld, source: Subject): Stranger => {
  const name = 'strange-copy';
  const { id, principalId } = heldByAMachine(world, name);
  const copy = world.mysql.addCopy(theServer(world, source.name), 'PointInTimeRestore', { ...PLACE, name });
  if (copy.generation !== 'flexible' || !copy.dataEncryption) throw new Error('A flexible server is copied.');
  copy.identities = { [id]: { principalId, clientId: principalId } };
  copy.dataEncryption = { ...copy.dataEncryption, primaryUserAssignedIdentityId: id };
  return { name, principalId };
};

/** A replica of a stranger: its lineage leads to no consumer of the baseline. */
const replicaOfStranger = (world: FullWorld): Stranger => {
  const name = 'strange-replica';
  const copy = world.mysql.addCopy(theServer(world, 'strange-single'), 'Replica', { ...PLACE, name });
  return { name: copy.name, principalId: '' };
};

/** A person who can create a resource binds it to the key of `flexible`, and hopes to get access. */
export const addStrangers = (world: FullWorld, flexible: Subject): readonly Stranger[] => {
  const key = keyOf(world, flexible);
  return [
    flexibleServer(world, key),
    singleServer(world, key),
    encryptionSet(world, key),
    copyInDisguise(world, flexible),
    replicaOfStranger(world),
  ];
};
