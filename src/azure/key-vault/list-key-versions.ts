import { type Fact, unknown } from '../../remediation/model/facts.ts';
import type { KeyRef } from '../../remediation/model/key-ref.ts';
import { placeOf } from '../../remediation/model/resource-id.ts';
import type { MadeVersion } from '../../remediation/observation/superseded.ts';
import type { Connection } from '../connection/connection.ts';
import { once } from '../connection/once.ts';
import { toFailure } from '../failure/failure.ts';
import { readFact } from '../failure/read-fact.ts';
import { ONLY_LISTS } from '../http/pages.ts';
import type { ControlPlaneKeys } from './control-plane-keys.ts';
import { dataPlanePages, FIREWALLS, openDataPlane } from './data-plane.ts';
import type { KeyInVault } from './key-in-vault.ts';
import { fromControlPlane } from './version-facts.ts';

/** A version as the data plane lists it, without its key material. */
export type ListedVersion = MadeVersion & { readonly enabled: boolean };

type Item = {
  readonly kid?: string;
  readonly attributes?: { readonly enabled?: boolean; readonly created?: number };
};

const versionOf = ({ kid = '', attributes: { created, enabled } = {} }: Item): ListedVersion => ({
  version: (kid.split('/').at(-1) ?? '').toLowerCase(),
  enabled: enabled === true,
  ...(created !== undefined && { createdOn: new Date(created * 1_000).toISOString() }),
});

/** Every version of a key from the data plane, unordered: one call for each 25. Throws Azure's refusals. */
export const listByDataPlane = async (
  connection: Pick<Connection, 'cloud' | 'credential' | 'httpClient'>,
  { name }: KeyRef,
  { uri }: KeyInVault['vault'],
): Promise<readonly ListedVersion[]> => {
  const sender = once(() => openDataPlane(connection));
  const pages = dataPlanePages<Item>(sender, uri, `keys/${name}/versions`);
  return (await Array.fromAsync(pages)).flat().map(versionOf);
};

const listByControlPlane = (
  controlPlaneKeys: ControlPlaneKeys,
  { key, vault }: KeyInVault,
): Promise<readonly MadeVersion[]> => {
  const { subscriptionId, resourceGroup, name } = placeOf(vault.id);
  return controlPlaneKeys(subscriptionId, async (keys) => {
    const versions: MadeVersion[] = [];
    for await (const listed of keys.listVersions(resourceGroup, name, key.name, ONLY_LISTS)) {
      const { version, createdOn } = fromControlPlane(listed);
      versions.push({ version, ...(createdOn !== '' && { createdOn }) });
    }
    return versions;
  });
};

/** Every version of a key. Uses the control plane where a firewall blocks the data plane. */
export type VersionLists = (of: KeyInVault) => Promise<Fact<readonly MadeVersion[]>>;

export const openVersionLists =
  (
    connection: Pick<Connection, 'cloud' | 'credential' | 'httpClient'>,
    controlPlaneKeys: ControlPlaneKeys,
  ): VersionLists =>
  async (of) => {
    const { key, vault } = of;
    const about = {
      what: `the versions of https://${key.host}/keys/${key.name}`,
      vaultName: vault.name,
      scope: vault.id,
    };
    const listed = await readFact(about, () =>
      listByDataPlane(connection, key, vault).catch((error: unknown) => {
        if (FIREWALLS.includes(toFailure(error).code)) return listByControlPlane(controlPlaneKeys, of);
        throw error;
      }),
    );
    return listed.kind === 'absent' ? unknown(`${about.what} are not there any more`) : listed;
  };
