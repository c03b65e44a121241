import type { KeyVersionFacts } from '../../remediation/model/facts.ts';
import { type KeyRef, keyVersionId } from '../../remediation/model/key-ref.ts';
import type { KeyMaterial } from '../../remediation/observation/material.ts';
import type { VaultIdentity } from '../../remediation/observation/vault-identity.ts';
import type { Tagged } from '../../remediation/steps/tagged.ts';
import type { AttributeChanges } from '../key-vault/key-versions.ts';
import type { Sources } from '../observe/observe-shared.ts';
import { vaultMismatch, versionMismatch } from './mismatch.ts';
import { sendOnce } from './send-once.ts';
import type { Sent, Target } from './target.ts';

type Blocked = Extract<Target, { kind: 'blocked' }>;

/** A version that exists, and the only way to write to it. */
export type WritableVersion = {
  readonly kind: 'version';
  readonly facts: KeyVersionFacts;
  /** The version and its vault, with their tags. */
  readonly tagged: readonly Tagged[];
  /** One PATCH of this version, never of the latest one. `becomes` completes the sentence "the version …". */
  patch(changes: AttributeChanges, becomes: string, signal: AbortSignal): Promise<Sent>;
};

/** Reads a version that a step would change, and its vault, whose tags may forbid it: one ARM call, one of the data plane. */
export const readVersion = async (
  { keyVersions, vaults }: Sources,
  { key, version, ...its }: VaultIdentity & KeyMaterial & { readonly key: KeyRef; readonly version: string },
): Promise<WritableVersion | Blocked> => {
  const blocked = (why: string): Blocked => ({ kind: 'blocked', why });
  const vault = await vaults.readOne(key.host);
  if (vault.kind !== 'present') return blocked(vault.kind === 'unknown' ? vault.reason : `${key.host} is gone`);
  const another = vaultMismatch(vault.value, its);
  if (another !== undefined) return blocked(another);
  const of = { key, version, vault: vault.value };
  const read = await keyVersions.read(of);
  if (read.kind !== 'present')
    return blocked(read.kind === 'unknown' ? read.reason : `${keyVersionId(key, version)} is gone`);
  const facts = read.value;
  const exchanged = versionMismatch(facts, its);
  if (exchanged !== undefined) return blocked(exchanged);
  const subject = { what: facts.kid, vaultName: vault.value.name, scope: vault.value.id };
  return {
    kind: 'version',
    facts,
    tagged: [{ name: facts.kid, tags: facts.tags }, vault.value],
    patch: (changes, becomes, signal) =>
      sendOnce(subject, async () => {
        const correlationIds = await keyVersions.write(of, changes, signal);
        return { kind: 'done', why: `${facts.kid} ${becomes}`, correlationIds };
      }),
  };
};
