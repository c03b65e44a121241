import type { FullWorld } from '../../local/cloud/create-world.ts';
import { productId, subscriptionId } from '../../local/cloud/worlds/product.ts';
import { principalOf, theServer, theSet } from '../builders/breaking/find-subject.ts';
import { copyName, KEY_NAME, type Subject } from '../builders/breaking/subjects.ts';
import { DAY } from '../builders/durations.ts';

const instantIn = ({ clock }: FullWorld, milliseconds: number): string =>
  new Date(clock.now() + milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');

/** `identity`: the resource id of a user-assigned one, empty where it has none. */
type Consumer = { readonly id: string; readonly kid: string; readonly identity: string };

const consumerOf = (world: FullWorld, subject: Subject): Consumer => {
  if (subject.kind === 'set') {
    const { id, activeKey } = theSet(world, subject);
    return { id, kid: activeKey.keyUrl, identity: '' };
  }
  const server = theServer(world, subject.name);
  if (server.generation === 'single') return { id: server.id, kid: server.key?.uri ?? '', identity: '' };
  const [identity = ''] = Object.keys(server.identities);
  return { id: server.id, kid: server.dataEncryption?.primaryKeyURI ?? '', identity };
};

/** The dates that a page asks for: one that works, and one as it was before somebody mended it. */
const datesFor = (world: FullWorld, page: string): Readonly<Record<string, string>> =>
  page === 'keyNotYetActive'
    ? { '<date>': instantIn(world, -DAY), '<former date>': instantIn(world, 300 * DAY) }
    : { '<date>': instantIn(world, 300 * DAY), '<former date>': instantIn(world, -DAY) };

const newestOf = ({ keyVault }: FullWorld, { vault }: Subject): string =>
  keyVault.key(vault, KEY_NAME)?.versions.at(-1)?.kid ?? '';

/** An identity that its owner has made for it. */
const identityFor = ({ managedIdentities }: FullWorld, { name }: Subject): string =>
  managedIdentities.all().find((one) => one.name === `${name}-identity`)?.id ?? '';

const principalOfCopy = (world: FullWorld, subject: Subject): string => {
  const name = copyName(subject);
  const isThere = world.mysql.servers.all().some((one) => one.name === name);
  return isThere ? principalOf(world, { ...subject, name }) : '';
};

/** The subnet that every network of these scenes has. */
export const SUBNET = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.Network/virtualNetworks/office/subnets/default`;

/** What is the same on every page. */
const EVERYWHERE: Readonly<Record<string, string>> = {
  '<id of a subnet>': SUBNET,
  '<id of the subnet of the function app>': SUBNET,
  '<scope>': `/subscriptions/${subscriptionId}`,
  '<region>': 'koreacentral',
  '<region of the consumer>': 'koreacentral',
  '<team>': 'shop',
  '<another key>': 'own',
  '<group>': 'data',
  '<subscription>': subscriptionId,
  '<address>': 'owner@example.com',
  '<address of a webhook of yours>': 'https://hooks.example.com/alerts',
  '<id of the workspace>': `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.OperationalInsights/workspaces/logs`,
};

const VERSIONS = { single: '2017-12-01', flexible: '2024-12-30', set: '2025-01-02' } as const;

/** The principal of the consumer, which is read before anything is broken: afterwards it may have none. */
export const blanksOf = (world: FullWorld, subject: Subject, page: string): Readonly<Record<string, string>> => {
  const { id, kid, identity } = consumerOf(world, subject);
  const vaultId = world.keyVault.vault(subject.vault)?.id ?? '';
  const [objectId, machine] = [principalOf(world, subject), `${subject.name}-vm-1`];
  const compute = `/subscriptions/${subscriptionId}/resourceGroups/data/providers/Microsoft.Compute`;
  return {
    ...EVERYWHERE,
    ...datesFor(world, page),
    '<name>': subject.name,
    '<vault>': subject.vault,
    '<key>': KEY_NAME,
    '<key version>': kid,
    '<former key version>': kid,
    '<new key version>': world.keyVault.vault(subject.vault) ? newestOf(world, subject) : '',
    '<key identifier with version>': kid,
    '<new name>': `${subject.vault}-new`,
    '<identity>': `${subject.name}-again`,
    '<server>': subject.name,
    '<id of the server>': id,
    '<id of its identity>': identity,
    '<api-version>': VERSIONS[subject.kind],
    '<id of an identity>': identity || identityFor(world, subject),
    '<set>': subject.name,
    '<copy>': copyName(subject),
    '<id>': id,
    '<id of the set>': id,
    '<id of the consumer>': id,
    '<id of the resource>': id,
    '<id of the vault>': vaultId,
    '<id of the key>': `${vaultId}/keys/${KEY_NAME}`,
    '<cluster>': `${subject.name}-aks`,
    '<old pool>': 'old',
    '<new pool>': 'fresh',
    '<version>': '1.33.2',
    '<id of the machine>': `${compute}/virtualMachines/${machine}`,
    '<id of the disk>': `${compute}/disks/${subject.name}-plain`,
    '<object id>': objectId,
    '<object id of the copy>': principalOfCopy(world, subject),
    '<object id of the identity>': objectId,
    '<object id of the function app>': world.entra.managedIdentity(productId)?.objectId ?? '',
  };
};

/** What a page asks for as it is now: Azure may have made the server again, and somebody a version of the key. */
const AS_IT_IS = ['<id of the server>', '<new key version>'];

/** What was known before anything was broken, and where nothing was, what is known now. */
export const knownFirst = (
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(now).map(([name, value]) => [
      name,
      AS_IT_IS.includes(name) ? value || before[name] || '' : before[name] || value,
    ]),
  );

/** Throws where a command asks for what nobody knows here. */
export const filledIn = (command: string, blanks: Readonly<Record<string, string>>): string =>
  command.replaceAll(/<[a-z][^<>]*>/gi, (name) => {
    const value = blanks[name];
    if (value === undefined || value === '') throw new Error(`nobody knows ${name} here`);
    return value;
  });
