import type { Key } from '@azure/arm-keyvault';
import type { VaultFacts } from '../../remediation/model/facts.ts';
import { parseKeyId } from '../../remediation/model/key-ref.ts';
import { placeOf } from '../../remediation/model/resource-id.ts';
import type { ListedKey } from '../../remediation/observation/unchanged.ts';
import type { Connection } from '../connection/connection.ts';
import { once } from '../connection/once.ts';
import { ONLY_LISTS } from '../http/pages.ts';
import type { ControlPlaneKeys } from './control-plane-keys.ts';
import { dataPlanePages, openDataPlane } from './data-plane.ts';

/** `name`: lower-cased. */
export type NamedKey = ListedKey & { readonly name: string };

/** The keys of a vault, page by page, unordered. Throws Azure's refusals. */
export type KeyList = (vault: VaultFacts) => AsyncIterable<readonly NamedKey[]>;

type Attributes = {
  readonly enabled?: boolean;
  readonly created?: number;
  readonly updated?: number;
  readonly nbf?: number;
  readonly exp?: number;
  readonly recoveryLevel?: string;
};
type Item = {
  readonly kid?: string;
  readonly attributes?: Attributes;
  readonly tags?: Readonly<Record<string, string>>;
};

/** Both planes give times in seconds since 1970. */
const timeOf = (seconds: number): string => new Date(seconds * 1_000).toISOString();

/** The name of a key of this vault; an identifier of another vault is ignored. */
const nameIn = ({ uri }: VaultFacts, identifier: string | undefined): string | undefined => {
  const key = parseKeyId(identifier ?? '')?.key;
  return key?.host === new URL(uri).host.toLowerCase() ? key.name : undefined;
};

/** Of most keys. It is there once, since a worker keeps the lists of all vaults. */
const NO_TAGS: ListedKey['tags'] = {};

/** The list leaves out a time that the key does not have. */
const fromList = ({ attributes = {}, tags }: Item): ListedKey => {
  const { created, enabled, exp, nbf, recoveryLevel, updated } = attributes;
  return {
    ...(enabled !== undefined && { enabled }),
    ...(created !== undefined && { createdOn: timeOf(created) }),
    ...(updated !== undefined && { updatedOn: timeOf(updated) }),
    notBefore: nbf === undefined ? '' : timeOf(nbf),
    expiresOn: exp === undefined ? '' : timeOf(exp),
    ...(recoveryLevel !== undefined && { recoveryLevel }),
    tags: tags ?? NO_TAGS,
  };
};

/**
 * By the data plane: one call for each 25 keys, including the keys of certificates. The list shows only current
 * versions, without naming them.
 */
export const openDataPlaneList = (connection: Pick<Connection, 'cloud' | 'credential' | 'httpClient'>): KeyList => {
  const sender = once(() => openDataPlane(connection));
  return async function* (vault) {
    for await (const items of dataPlanePages<Item>(sender, vault.uri, 'keys'))
      yield items.flatMap((item) => {
        const name = nameIn(vault, item.kid);
        return name === undefined ? [] : [{ name, ...fromList(item) }];
      });
  };
};

/**
 * Members that are missing in Microsoft's example of the list (expiry, activation, versions) may be missing in any
 * list, so they are not used.
 */
const fromResourceManager = ({ attributes, keyUriWithVersion, tags }: Key): ListedKey => {
  const { created, enabled, expires, notBefore, recoveryLevel, updated } = attributes ?? {};
  const version = parseKeyId(keyUriWithVersion ?? '')?.version;
  return {
    ...(version !== undefined && { version }),
    ...(enabled !== undefined && { enabled }),
    ...(created !== undefined && { createdOn: timeOf(created) }),
    ...(updated !== undefined && { updatedOn: timeOf(updated) }),
    ...(notBefore !== undefined && { notBefore: timeOf(notBefore) }),
    ...(expires !== undefined && { expiresOn: timeOf(expires) }),
    ...(recoveryLevel !== undefined && { recoveryLevel }),
    ...(tags !== undefined && { tags }),
  };
};

/** By Resource Manager, which passes the firewall of the vault. No document gives the number of keys on a page. */
export const openResourceManagerList = (controlPlaneKeys: ControlPlaneKeys): KeyList =>
  async function* (vault) {
    const { subscriptionId, resourceGroup, name } = placeOf(vault.id);
    // The first page tells whether Azure serves the api-version; the later pages belong to the same list.
    const [pages, first] = await controlPlaneKeys(subscriptionId, async (keys) => {
      const asked = keys.list(resourceGroup, name, ONLY_LISTS).byPage();
      return [asked, await asked.next()] as const;
    });
    for (let page = first; !page.done; page = await pages.next())
      yield page.value.flatMap((key) => {
        const named = nameIn(vault, key.keyUri);
        return named === undefined ? [] : [{ name: named, ...fromResourceManager(key) }];
      });
  };
