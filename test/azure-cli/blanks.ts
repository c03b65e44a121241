import type { FullWorld } from '../../local/cloud/create-world.ts';
import { productId, subscriptionId } from '../../local/cloud/worlds/product.ts';
import { principalOf, theServer, theSet } from '../builders/breaking/find-subject.ts';
import { copyName, KEY_NAME, type Subject } from '../builders/breaking/subjects.ts';
import { DAY } from '../builders/durations.ts';

const instantIn = ({ clock }: FullWorld, milliseconds: number): string =>
  new Date(clock.now() + milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');

const consumerOf = (world: FullWorld, subject: Subject): { readonly id: string; readonly kid: string } => {
  if (subject.kind === 'set') {
    const { id, activeKey } = theSet(world, subject);
    return { id, kid: activeKey.keyUrl };
  }
  const server = theServer(world, subject.name);
  const kid = server.generation === 'single' ? server.key?.uri : server.dataEncryption?.primaryKeyURI;
  return { id: server.id, kid: kid ?? '' };
};

/** The dates that a page asks for: one that works, and one as it was before somebody mended it. */
const datesFor = (world: FullWorld, page: string): Readonly<Record<string, string>> =>
  page === 'keyNotYetActive'
    ? { '<date>': instantIn(world, -DAY), '<former date>': instantIn(world, 300 * DAY) }
    : { '<date>': instantIn(world, 300 * DAY), '<former date>': instantIn(world, -DAY) };

/** The principal of the consumer, which is read before anything is broken: afterwards it may have none. */
export const blanksOf = (world: FullWorld, subject: Subject, page: string): Readonly<Record<string, string>> => {
  const { id, kid } = consumerOf(world, subject);
  const vaultId = world.keyVault.vault(subject.vault)?.id ?? '';
  const [objectId, machine] = [principalOf(world, subject), `${subject.name}-vm-1`];
  const compute = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.Compute`;
  return {
    ...datesFor(world, page),
    '<vault>': subject.vault,
    '<key>': KEY_NAME,
    '<another key>': 'own',
    '<key version>': kid,
    '<key identifier with version>': kid,
    '<group>': 'data',
    '<subscription>': subscriptionId,
    '<scope>': `/subscriptions/${subscriptionId}`,
    '<region>': 'koreacentral',
    '<region of the consumer>': 'koreacentral',
    '<new name>': `${subject.vault}-new`,
    '<identity>': `${subject.name}-again`,
    '<team>': 'shop',
    '<server>': subject.name,
    '<set>': subject.name,
    '<copy>': copyName(subject),
    '<id>': id,
    '<id of the set>': id,
    '<id of the consumer>': id,
    '<id of the resource>': id,
    '<id of the vault>': vaultId,
    '<id of the key>': `${vaultId}/keys/${KEY_NAME}`,
    '<id of the machine>': `${compute}/virtualMachines/${machine}`,
    '<id of the disk>': `${compute}/disks/${machine}-data`,
    '<object id>': objectId,
    '<object id of the copy>': objectId,
    '<object id of the identity>': objectId,
    '<object id of the function app>': world.entra.managedIdentity(productId)?.objectId ?? '',
    '<address>': 'owner@example.com',
    '<address of a webhook of yours>': 'https://hooks.example.com/alerts',
    '<id of the workspace>': `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.OperationalInsights/workspaces/logs`,
  };
};

/** Throws where a command asks for what nobody knows here. */
export const filledIn = (command: string, blanks: Readonly<Record<string, string>>): string =>
  command.replaceAll(/<[a-z][^<>]*>/gi, (name) => {
    const value = blanks[name];
    if (value === undefined || value === '') throw new Error(`nobody knows ${name} here`);
    return value;
  });
