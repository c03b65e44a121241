import type { DiskEncryptionSet } from '../../../local/cloud/compute/disk-encryption-set.ts';
import type { FullWorld } from '../../../local/cloud/create-world.ts';
import type { Server } from '../../../local/cloud/mysql/server.ts';
import { NEEDS } from './links.ts';
import type { Subject } from './subjects.ts';

export const theServer = ({ mysql }: FullWorld, name: string): Server => {
  const found = mysql.servers.all().find((one) => one.name === name);
  if (!found) throw new Error(`There is no server ${name}`);
  return found;
};

export const theSet = ({ compute }: FullWorld, { name }: Subject): DiskEncryptionSet => {
  const found = compute.sets.all().find((one) => one.name === name);
  if (!found) throw new Error(`There is no disk encryption set ${name}`);
  return found;
};

/** The principal with which the subject uses its key; empty where it has none. */
export const principalOf = (world: FullWorld, subject: Subject): string => {
  if (subject.kind === 'set') return theSet(world, subject).identity.system?.principalId ?? '';
  const server = theServer(world, subject.name);
  if (server.generation === 'single') return server.identity?.principalId ?? '';
  return Object.values(server.identities)[0]?.principalId ?? '';
};

const kidOf = (world: FullWorld, subject: Subject): string => {
  if (subject.kind === 'set') return theSet(world, subject).activeKey.keyUrl;
  const server = theServer(world, subject.name);
  return (server.generation === 'single' ? server.key?.uri : server.dataEncryption?.primaryKeyURI) ?? '';
};

/** Whether its identity can do all needed operations with its key at this moment. */
export const canUseKey = async (world: FullWorld, subject: Subject): Promise<boolean> => {
  const user = { principalId: principalOf(world, subject), tenantId: world.entra.tenantId, trustedService: true };
  for (const operation of NEEDS[subject.kind]) {
    if (!(await world.keyVault.use(user, kidOf(world, subject), operation)).ok) return false;
  }
  return true;
};
