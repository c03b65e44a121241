import {
  type Fact,
  type KeyVersionFacts,
  type PinnedKey,
  present,
  unknown,
  type VaultFacts,
} from '../../remediation/model/facts.ts';
import type { KeyMaterial } from '../../remediation/observation/material.ts';
import type { VaultIdentity } from '../../remediation/observation/vault-identity.ts';
import { versionOf } from '../../remediation/observation/versions-in-use.ts';
import type { Tagged } from '../../remediation/steps/tagged.ts';
import type { Sources } from '../observe/observe-shared.ts';
import { vaultMismatch, versionMismatch } from './mismatch.ts';

/** A key version with its vault. Both may bear a do-not-heal tag. */
export type MarkedVersion = {
  readonly facts: KeyVersionFacts;
  readonly vault: VaultFacts;
  readonly tagged: readonly Tagged[];
};

/**
 * The version that a consumer names, or else the current version, which the consumer uses or will use: one data-plane
 * call.
 */
export const readPinned = (
  { keyVersions }: Pick<Sources, 'keyVersions'>,
  pinned: PinnedKey,
  vault: VaultFacts,
): Promise<Fact<KeyVersionFacts>> => {
  const of = { key: pinned.key, vault };
  const version = versionOf({ pinned });
  return version.kind === 'present' ? keyVersions.observe({ ...of, version: version.value }) : keyVersions.current(of);
};

/**
 * Reads a version that a consumer pins or will pin, and its vault: one ARM call, one of the data plane. Behind a
 * firewall the version is read through the control plane, which suffices because the step does not write to it. `its`:
 * the vault and the material that the version must have. `known`: a version that was just read; if it is in the same
 * vault, the vault is not read again.
 */
export const readMarks = async (
  { keyVersions, vaults }: Pick<Sources, 'keyVersions' | 'vaults'>,
  pinned: PinnedKey,
  { its, known }: { readonly its?: VaultIdentity & KeyMaterial; readonly known?: MarkedVersion },
): Promise<Fact<MarkedVersion>> => {
  const isKnown = known && new URL(known.vault.uri).host === pinned.key.host;
  const vault = isKnown ? present(known.vault) : await vaults.readOne(pinned.key.host);
  if (vault.kind !== 'present') return vault;
  const another = its && vaultMismatch(vault.value, its);
  if (another !== undefined) return unknown(another);
  const version = await readPinned({ keyVersions }, pinned, vault.value);
  if (version.kind !== 'present') return version;
  const exchanged = its && versionMismatch(version.value, its);
  if (exchanged !== undefined) return unknown(exchanged);
  const tagged = [{ name: pinned.kid, tags: version.value.tags }, vault.value];
  return present({ facts: version.value, vault: vault.value, tagged });
};

export const whyUnread = (fact: Exclude<Fact<unknown>, { kind: 'present' }>, what: string): string =>
  fact.kind === 'unknown' ? fact.reason : `${what} is gone`;
