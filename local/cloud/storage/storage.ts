import { createHash } from 'node:crypto';
import { AzureError } from '../arm/error.ts';
import { resourceId, sameId } from '../arm/resource-id.ts';
import type { World } from '../service.ts';
import { retained } from './immutability.ts';
import { ACCOUNT_TYPE, type AccountProperties, type StorageAccount } from './storage-account.ts';

export type AccountSpec = {
  subscription: string;
  group: string;
  name: string;
  location: string;
  kind: string;
  sku: { name: string };
  tags?: Record<string, string> | undefined;
  properties: AccountProperties;
};

/** Storage accounts. Their names are unique in the whole world, without regard to case. */
export type Storage = {
  accounts(): StorageAccount[];
  /** The account of that name, in any group. */
  account(name: string): StorageAccount | undefined;
  byId(id: string): StorageAccount | undefined;
  /** Makes an account; the caller says when its hosts resolve (`ready`). */
  create(spec: AccountSpec): StorageAccount;
  /** Throws where a container of the account keeps its blobs. */
  remove(account: StorageAccount): void;
  written(account: StorageAccount): void;
};

/** A key depends on the names alone: it is the same in every run. */
const keyOf = (world: World, name: string, ordinal: number): string =>
  createHash('sha512').update(`${world.seed} ${name} ${ordinal}`).digest('base64');

const newAccount = (world: World, spec: AccountSpec): StorageAccount => {
  const { subscription, group, name, location, kind, sku, tags = {}, properties } = spec;
  return {
    id: resourceId({ subscription, group, type: ACCOUNT_TYPE, name }),
    name,
    location,
    kind,
    sku,
    tags,
    properties,
    createdAt: world.clock.now(),
    ready: false,
    keys: [keyOf(world, name, 1), keyOf(world, name, 2)],
    services: { blob: {}, queue: {}, table: {}, file: {} },
    containers: new Map(),
  };
};

/** The storage accounts of a world, of which there is none at first. */
export const createStorage = (world: World): Storage => {
  const accounts = new Map<string, StorageAccount>();
  const tell = (kind: string, { id }: StorageAccount) => world.changed({ kind, resourceId: id, at: world.clock.now() });
  return {
    accounts: () => [...accounts.values()],
    account: (name) => accounts.get(name.toLowerCase()),
    byId: (id) => [...accounts.values()].find((account) => sameId(account.id, id)),
    create: (spec) => {
      const account = newAccount(world, spec);
      accounts.set(account.name, account);
      tell('resourceWritten', account);
      return account;
    },
    remove: (account) => {
      refuseRetained(account, world.clock.now());
      accounts.delete(account.name);
      world.rbac.dropScope(account.id);
      world.locks.dropScope(account.id);
      world.entra.deleteIdentity(account.id);
      tell('resourceDeleted', account);
    },
    written: (account) => tell('resourceWritten', account),
  };
};

/** An account with blobs that a locked policy still keeps cannot be deleted. No document has the code: this cloud chose one. */
const refuseRetained = (account: StorageAccount, now: number): void => {
  const [keeping] = [...account.containers.values()].filter((container) => retained(container, now).length > 0);
  if (!keeping) return;
  throw new AzureError(
    409,
    'AccountProtectedFromDeletion',
    `The storage account '${account.name}' cannot be deleted: its container '${keeping.name}' has an immutability policy.`,
  );
};
