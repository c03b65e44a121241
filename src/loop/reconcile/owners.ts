import { canonicalJson, type Json } from '../../remediation/model/canonical.ts';
import type { KeyObservation } from '../../remediation/model/facts.ts';
import type { Finding } from '../../remediation/model/findings.ts';
import type { Verdict } from '../../store/key-state.ts';

type Tags = Readonly<Record<string, string>>;

/** A tag value of Azure has at most 256 characters. */
const LONGEST = 256;

/** The value of the tag with this name, compared without case; `undefined` where there is none. */
export const valueIn = (tags: Tags, name: string): string | undefined =>
  Object.entries(tags)
    .find(([key]) => key.trim().toLowerCase() === name.toLowerCase())?.[1]
    .trim()
    .slice(0, LONGEST);

const ofVault = ({ vault }: KeyObservation, name: string): string | undefined =>
  vault.kind === 'present' ? valueIn(vault.value.tags, name) : undefined;

/**
 * The owner of each consumer with a finding, by ARM id in lower case, and the owner of the key under the empty name.
 * The owner is the value of this tag on the consumer, or else on the vault. Where the consumers could not be listed,
 * the recorded owners stay. No decision uses owners.
 */
export const ownersIn = (
  observation: KeyObservation,
  findings: readonly Finding[],
  tag: string | undefined,
  recorded?: Verdict,
): Readonly<Record<string, string>> => {
  if (tag === undefined) return {};
  if (observation.consumers.kind !== 'present') return recorded?.owners ?? {};
  const concerned = new Set(findings.flatMap(({ harm }) => harm.map(({ consumerId }) => consumerId.toLowerCase())));
  const vaults = ofVault(observation, tag);
  const own = observation.consumers.value
    .filter(({ id }) => concerned.has(id.toLowerCase()))
    .map(({ id, tags }) => [id.toLowerCase(), valueIn(tags, tag) ?? vaults] as const);
  const all = [...own, ['', vaults] as const];
  return Object.fromEntries(all.flatMap(([id, owner]) => (owner === undefined || owner === '' ? [] : [[id, owner]])));
};

/** Whether the recorded verdict names other owners than the present ones. */
export const areOthers = (recorded: Verdict | undefined, owners: Readonly<Record<string, string>>): boolean =>
  recorded !== undefined && canonicalJson((recorded.owners ?? {}) as Json) !== canonicalJson(owners as unknown as Json);
