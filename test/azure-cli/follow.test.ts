import { expect, it } from 'vitest';
import { buildWorld } from '../../local/cloud/worlds/build-world.ts';
import { type Subject, worldOf } from '../builders/breaking/subjects.ts';
import { aCloud } from '../local/cloud/sdk.ts';
import { follow } from './follow.ts';

const SUBJECT: Subject = { kind: 'single', model: 'accessPolicies', name: 'orders', vault: 'vault', links: [] };

it('a name that nobody can fill in is a fault of its page, and the other commands of the page are run', async () => {
  const cloud = await aCloud({ world: 'undeployed' });
  buildWorld(cloud.world, worldOf([SUBJECT]));
  const commands: string[] = [];
  const run = async (command: string): Promise<string> => {
    commands.push(command);
    return '';
  };
  const terminal = { cloud, person: '', folder: '', run, waitFor: async () => true, close: async () => {} };
  const scene = { page: 'copyAwaitingAccess', kind: 'single', model: 'accessPolicies' } as const;
  const { faults } = await follow(terminal, scene, SUBJECT);
  expect(faults).toContainEqual(
    "copyAwaitingAccess: az keyvault set-policy --name '<vault>' --object-id '<object id of the copy>' " +
      '--key-permissions get wrapKey unwrapKey\nnobody knows <object id of the copy> here',
  );
  expect(commands).toContainEqual(
    "az mysql server update --name 'orders-copy' --resource-group 'data' --assign-identity",
  );
});
