import type { UpdateKeyPropertiesOptions } from '@azure/keyvault-keys';
import type { Fact, KeyVersionFacts } from '../../remediation/model/facts.ts';
import { keyId, keyVersionId } from '../../remediation/model/key-ref.ts';
import { placeOf } from '../../remediation/model/resource-id.ts';
import { correlationIds, toFailure } from '../failure/failure.ts';
import { readFact } from '../failure/read-fact.ts';
import { keyAnswerOf } from '../http/another-answer.ts';
import type { ControlPlaneKeys } from './control-plane-keys.ts';
import { FIREWALLS } from './data-plane.ts';
import type { KeyClients } from './key-clients.ts';
import type { KeyInVault } from './key-in-vault.ts';
import type { AskedVersion, ReadKey } from './read-key.ts';
import { fromControlPlane } from './version-facts.ts';

/** One version of a key and the vault in which ARM shows it. */
export type KeyVersion = KeyInVault & { readonly version: string };

/** The result of reading a version. `isVaultSilent`: no vault answered at the host, which says nothing about the key. */
export type VersionReading = { readonly fact: Fact<KeyVersionFacts>; readonly isVaultSilent: boolean };

export type KeyVersions = {
  /**
   * One data-plane call, and one of the control plane where a firewall blocks the product or the data plane hides a
   * disabled version.
   */
  observe(of: KeyVersion): Promise<Fact<KeyVersionFacts>>;
  /** Like `observe`, with whether any vault answered. Without a version: reads the current version. */
  look(of: AskedVersion): Promise<VersionReading>;
  /** The current version, even if no consumer pins it: read like `observe`. */
  current(of: KeyInVault): Promise<Fact<KeyVersionFacts>>;
  /** Reads the data plane alone: where a firewall blocks that, a write to the version would fail as well. */
  read(of: KeyVersion): Promise<Fact<KeyVersionFacts>>;
  /** Writes these attributes only, with one request; resolves with Azure's correlation ids, throws Azure's refusals. */
  write(of: KeyVersion, changes: AttributeChanges, signal: AbortSignal): Promise<readonly string[]>;
};

export type AttributeChanges = Pick<UpdateKeyPropertiesOptions, 'enabled' | 'notBefore' | 'expiresOn'>;

/**
 * Codes of a deleted vault, or of a vault that was recovered seconds ago: its name does not resolve, or a server
 * answers that it does not know the vault. No document says which of the two Azure does.
 */
const SILENCE = ['ENOTFOUND', 'VaultNotFound'];

/** No document says whether the data plane shows a disabled version; the control plane does. */
export const DISABLED = 'KeyDisabled';

const idOf = ({ key, version }: AskedVersion): string =>
  version === undefined ? keyId(key) : keyVersionId(key, version);

const about = ({ key, version = '', vault }: AskedVersion) => ({
  what: `key version https://${key.host}/keys/${key.name}/${version}`,
  vaultName: vault.name,
  scope: vault.id,
});

/** A read of one version by the control plane. Throws Azure's refusals. */
const byControlPlane =
  (controlPlaneKeys: ControlPlaneKeys): ReadKey =>
  async ({ key, version, vault }) => {
    const { subscriptionId, resourceGroup, name } = placeOf(vault.id);
    return controlPlaneKeys(subscriptionId, async (keys) => {
      if (version === undefined) return fromControlPlane(await keys.get(resourceGroup, name, key.name));
      return fromControlPlane(await keys.getVersion(resourceGroup, name, key.name, version));
    });
  };

/** Reads by either plane, and writes by the data plane. */
export type VersionPlanes = {
  readonly readKey: ReadKey;
  readonly keyClients: KeyClients;
  readonly controlPlaneKeys: ControlPlaneKeys;
};

export const openKeyVersions = ({ controlPlaneKeys, keyClients, readKey }: VersionPlanes): KeyVersions => {
  const controlPlane = byControlPlane(controlPlaneKeys);
  /** The control plane's answer, where the data plane refuses with one of these codes. */
  const readBeyond = async (of: AskedVersion, codes: readonly string[]): Promise<VersionReading> => {
    let isVaultSilent = false;
    const read = (): Promise<KeyVersionFacts> =>
      readKey(of).catch((error: unknown) => {
        const { code } = toFailure(error);
        isVaultSilent = SILENCE.includes(code);
        if (codes.includes(code)) return controlPlane(of);
        throw error;
      });
    const fact = await readFact(about(of), async () => keyAnswerOf(idOf(of), await read()));
    return { fact, isVaultSilent };
  };
  return {
    read: async (of) => (await readBeyond(of, [DISABLED])).fact,
    observe: async (of) => (await readBeyond(of, [...FIREWALLS, DISABLED])).fact,
    current: async (of) => (await readBeyond(of, [...FIREWALLS, DISABLED])).fact,
    look: (of) => readBeyond(of, [...FIREWALLS, DISABLED]),
    write: async ({ key, version, vault }, changes, abortSignal) => {
      const ids: string[] = [];
      await (await keyClients(vault)).updateKeyProperties(key.name, version, {
        ...changes,
        abortSignal,
        onResponse: ({ headers }) => ids.push(...correlationIds((name) => headers.get(name))),
      });
      return ids;
    },
  };
};
