import type { ConsumerFacts } from '../../remediation/model/facts.ts';
import { type KeyRef, keyOf, vaultName } from '../../remediation/model/key-ref.ts';
import { parseResourceId, sameResource } from '../../remediation/model/resource-id.ts';
import type { Guardian } from '../guardian.ts';

export type KnownKey = { readonly key: KeyRef; readonly consumers: readonly ConsumerFacts[] };

/** Every key that is known to be used, with its consumers, at most a minute old. */
export type KnownKeys = () => Promise<readonly KnownKey[]>;

/**
 * Rows are named by a hash of their key, so no query finds the keys of one vault or server. All rows are read, with one
 * call to storage for every thousand keys (10,000 keys take a second on Azurite). They are read once a minute at most,
 * since a deployment raises hundreds of events at once. The sweep finds the keys that are newer.
 */
const KEPT_MS = 60_000;

const readAll = async ({ store }: Pick<Guardian, 'store'>): Promise<readonly KnownKey[]> => {
  const known: KnownKey[] = [];
  for await (const { keyId, consumers } of store.keyRows.listConsumers()) {
    if (consumers?.consumers.length) known.push({ key: keyOf(keyId), consumers: consumers.consumers });
  }
  return known;
};

export const openKnownKeys = (guardian: Pick<Guardian, 'store'>): KnownKeys => {
  let kept: { readonly at: number; readonly keys: Promise<readonly KnownKey[]> } | undefined;
  return () => {
    if (kept && Date.now() - kept.at < KEPT_MS) return kept.keys;
    const reading = { at: Date.now(), keys: readAll(guardian) };
    kept = reading;
    reading.keys.catch(() => {
      if (kept === reading) kept = undefined;
    });
    return reading.keys;
  };
};

const keysOf = (known: readonly KnownKey[]): readonly KeyRef[] => known.map(({ key }) => key);

/** The keys that this resource uses. */
export const usedBy = (known: readonly KnownKey[], consumerId: string): readonly KeyRef[] =>
  keysOf(known.filter(({ consumers }) => consumers.some(({ id }) => sameResource(id, consumerId))));

/** The keys that a consumer uses with this user-assigned identity. */
export const usedWith = (known: readonly KnownKey[], identityId: string): readonly KeyRef[] =>
  keysOf(
    known.filter(({ consumers }) =>
      consumers.some(({ identity }) => identity?.kind === 'user' && sameResource(identity.id, identityId)),
    ),
  );

/** The keys of this vault. The vault is found by its name, which is its host name and is unique. */
export const inVault = (known: readonly KnownKey[], vaultId: string): readonly KeyRef[] => {
  const name = parseResourceId(vaultId)?.names[0];
  return keysOf(known.filter(({ key }) => vaultName(key) === name));
};
