import { sameId } from '../../local/cloud/arm/resource-id.ts';
import type { FullWorld } from '../../local/cloud/create-world.ts';
import { canUseKey, principalOf, theServer, theSet } from '../builders/breaking/find-subject.ts';
import { copyName, KEY_NAME, type Subject } from '../builders/breaking/subjects.ts';
import type { Regained } from '../docs/runbooks/by-azure-cli.ts';

type Works = (world: FullWorld, subject: Subject) => Promise<boolean>;

const serves = (world: FullWorld, name: string): boolean => theServer(world, name).availability.accepting;

const machinesRun: Works = async (world, subject) => {
  const { id } = theSet(world, subject);
  const disks = world.compute.disks.all().filter(({ encryptionSet }) => sameId(encryptionSet ?? '', id));
  const onThem = world.compute.machines.all().filter(({ osDisk }) => disks.some((one) => sameId(one.id, osDisk)));
  return onThem.length > 0 && onThem.every(({ power }) => power === 'running');
};

/** Whether what a page gives back is there at this moment. */
export const WORKS: Readonly<Record<Regained, Works>> = {
  key: canUseKey,
  'newest version': async ({ keyVault, ...world }, { name, vault }) => {
    const server = theServer({ keyVault, ...world }, name);
    const used = server.generation === 'flexible' ? server.dataEncryption?.primaryKeyURI : undefined;
    return used !== undefined && sameId(used, keyVault.key(vault, KEY_NAME)?.versions.at(-1)?.kid ?? '');
  },
  'new vault': async ({ keyVault }, { vault }) => {
    const made = keyVault.vault(`${vault}-new`);
    return made?.purgeProtection === true && made.softDeleteRetention === 90;
  },
  service: async (world, { name }) => serves(world, name),
  identity: async (world, subject) => principalOf(world, subject) !== '',
  copy: async (world, subject) => {
    const copy = { ...subject, name: copyName(subject) };
    return (await canUseKey(world, copy)) && serves(world, copy.name);
  },
  machines: machinesRun,
};
