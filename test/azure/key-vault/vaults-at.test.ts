import { describe, expect, it } from 'vitest';
import { parseScopes } from '../../../src/azure/connection/scope.ts';
import { AzureUnavailable } from '../../../src/azure/failure/azure-unavailable.ts';
import { openVaultMemory } from '../../../src/azure/key-vault/seen-vaults.ts';
import type { DeletedVault, ScopeList } from '../../../src/azure/key-vault/vault-reads.ts';
import { openVaultsAt } from '../../../src/azure/key-vault/vaults-at.ts';
import { present, unknown } from '../../../src/remediation/model/facts.ts';
import { aVault } from '../../builders/observation.ts';

const subscription = (name: string): string => `/subscriptions/${name.padEnd(8, '0')}-0000-4000-8000-000000000000`;
const [HERE, THROTTLED] = [subscription('a'), subscription('b')];
const hostOf = (name: string): string => `${name}.vault.azure.net`;
const vaultIn = (place: string, name: string, group = 'data') => ({
  host: hostOf(name),
  facts: aVault({ id: `${place}/resourceGroups/${group}/providers/Microsoft.KeyVault/vaults/${name}`, name }),
});

type Estate = {
  readonly scopes?: readonly string[];
  readonly lists?: Readonly<Record<string, ScopeList['vaults']>>;
  readonly deleted?: readonly DeletedVault[];
};

const looking = ({ scopes = [HERE, THROTTLED], lists = {}, deleted = [] }: Estate) => {
  const asked: string[] = [];
  const reach = { named: scopes, scopes, excluded: [], managementGroups: [], unread: [] };
  const at = openVaultsAt({
    ...openVaultMemory(),
    scopes: () => parseScopes(reach),
    reads: {
      listIn: async (id) => {
        asked.push(id);
        const [scope] = parseScopes({ ...reach, scopes: [id] }).included;
        if (!scope) throw new Error('it is a scope');
        return { scope, vaults: lists[id] ?? new AzureUnavailable('throttled') };
      },
      listDeletedIn: async (id) => {
        asked.push(`deleted in ${id}`);
        return present(deleted);
      },
    },
  });
  return { at, asked };
};

const LISTED = { [HERE]: present([vaultIn(HERE, 'kv-one'), vaultIn(HERE, 'kv-two', 'other')]) };
const HOSTS = ['kv-one', 'kv-two', 'kv-elsewhere'].map(hostOf);

describe('The vaults at the place of an event', () => {
  it('are found whatever Azure answers of another subscription, which nobody asks', async () => {
    const { at, asked } = looking({ lists: LISTED });
    expect(await at(HERE, HOSTS)).toEqual([hostOf('kv-one'), hostOf('kv-two')]);
    expect(asked).toEqual([HERE, `deleted in ${HERE.split('/')[2]}`]);
    expect(await at(`${HERE}/resourceGroups/data`, HOSTS)).toEqual([hostOf('kv-one')]);
    expect(await at(HERE, HOSTS.slice(0, 2))).toEqual([hostOf('kv-one'), hostOf('kv-two')]);
    expect(asked, 'asked once in ten minutes').toHaveLength(2);
  });

  it('are not told where Azure does not answer at that place: the event comes again', async () => {
    const { at, asked } = looking({ lists: LISTED });
    await expect(at(THROTTLED, HOSTS)).rejects.toThrow('throttled');
    await expect(at(THROTTLED, HOSTS)).rejects.toThrow('throttled');
    expect(asked).toEqual([THROTTLED, THROTTLED]);
  });

  it('are found also where they were deleted from there, and not where another of that name was', async () => {
    const gone = (place: string, name: string): DeletedVault => ({
      kind: 'deleted',
      name,
      vaultId: vaultIn(place, name).facts.id,
      location: 'koreacentral',
      deletedOn: '',
      recoverableUntil: '',
      tags: {},
    });
    const { at } = looking({ lists: LISTED, deleted: [gone(HERE, 'kv-gone'), gone(subscription('c'), 'kv-foreign')] });
    expect(await at(HERE, ['kv-gone', 'kv-foreign'].map(hostOf))).toEqual([hostOf('kv-gone')]);
  });

  it('are none out of scope, and Azure is not asked there', async () => {
    const { at, asked } = looking({ lists: LISTED, scopes: [`${HERE}/resourceGroups/data`] });
    expect(await at(subscription('c'), HOSTS)).toEqual([]);
    expect(await at(`${HERE}/resourceGroups/other`, HOSTS)).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('are none where the product may not read them: nothing is concluded from that', async () => {
    const { at, asked } = looking({ lists: { [HERE]: unknown('403') } });
    expect(await at(HERE, HOSTS)).toEqual([]);
    await at(HERE, HOSTS);
    expect(asked.filter((one) => one === HERE)).toHaveLength(2);
  });
});
