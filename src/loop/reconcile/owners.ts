import { canonicalJson, type Json } from '../../remediation/model/canonical.ts';
import type { KeyObservation } from '../../remediation/model/facts.ts';
import type { Finding } from '../../remediation/model/findings.ts';
import type { Verdict } from '../../store/key-state.ts';

type Tags = Readonly<Record<string, string>>;

/** A value of a tag has 256 characters at most: what is longer is none of Azure's. */
const LONGEST = 256;

/** What the tag of this name says, compared without case; `undefined` where there is none. */
export const valueIn = (tags: Tags, name: string): string | undefined =>
  Object.entries(tags)
    .find(([key]) => key.trim().toLowerCase() === name.toLowerCase())?.[1]
    .trim()
    .slice(0, LONGEST);

const ofVault = ({ vault }: KeyObservation, name: string): string | undefined =>
  vault.kind === 'present' ? valueIn(vault.value.tags, name) : undefined;

/**
 * Who owns each consumer that a finding is about, by its ARM id, lower-cased, and the key itself by the empty name: what the tag of
 * this name says on the consumer, else on the vault. Where nobody could list them, as it was recorded. Nothing is decided by it.
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

/** Whether a recorded verdict names other owners than there are now. */
export const areOthers = (recorded: Verdict | undefined, owners: Readonly<Record<string, string>>): boolean =>
  recorded !== undefined && canonicalJson((recorded.owners ?? {}) as Json) !== canonicalJson(owners as unknown as Json);
