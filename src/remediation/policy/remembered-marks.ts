import { liftBy } from '../model/doors.ts';
import type { KeyObservation } from '../model/facts.ts';
import { keyId } from '../model/key-ref.ts';
import type { PolicyRecords } from '../model/records.ts';
import { consumersOf } from '../observation/pins.ts';
import { vaultLossOf } from '../observation/vault-loss.ts';
import type { Step } from '../steps/step.ts';
import { subjectOf } from '../steps/step-scope.ts';
import { kindOf, type StepSpec } from '../steps/steps.ts';
import type { Tagged } from '../steps/tagged.ts';
import { isWeighty, recordMark, recordWithin, tagMark } from './do-not-heal-mark.ts';

const lowerCased = ({ name, tags }: Tagged): Tagged => ({ name: name.toLowerCase(), tags });

/** Everything of a key that was just read and may have a tag, by its id: versions, vault and consumers. */
export const readIn = (observation: KeyObservation): readonly Tagged[] => {
  const { current, key, vault, versions } = observation;
  const read = [...Object.values(versions), ...(current ? [current] : [])];
  return [
    ...read.flatMap((fact) => (fact.kind === 'present' ? [{ name: fact.value.kid, tags: fact.value.tags }] : [])),
    // The tags of a key without a version are those of its current version.
    ...(current?.kind === 'present' ? [{ name: keyId(key), tags: {} }] : []),
    ...(vault.kind === 'present' ? [{ name: vault.value.id, tags: vault.value.tags }] : []),
    ...consumersOf(observation).map(({ id, tags }) => ({ name: id, tags })),
  ].map(lowerCased);
};

/** The rest of a deleted vault or key. A tag on it counts as a mark; that it has no tag does not end a mark. */
const leftIn = (observation: KeyObservation): readonly Tagged[] => {
  const { key, loss } = observation;
  const vault = vaultLossOf(observation);
  return [
    ...(vault?.kind === 'deleted' ? [{ name: vault.vaultId, tags: vault.tags }] : []),
    ...(loss?.kind === 'present' && loss.value.kind === 'deleted' ? [{ name: keyId(key), tags: loss.value.tags }] : []),
  ].map(lowerCased);
};

/**
 * Ids, sorted, of everything that has the tag, or had it when it was last read: versions of the key, in use or not, the key, its
 * vault, and its consumers. An id is removed only where it was read without the tag.
 */
export const markedIn = (
  observation: KeyObservation,
  doNotHealTag: string,
  before: readonly string[],
): readonly string[] => {
  const read = readIn(observation);
  const isMarked = ({ name, tags }: Tagged): boolean => tagMark(name, tags, doNotHealTag) !== undefined;
  const marked = [...read, ...leftIn(observation)].filter(isMarked).map(({ name }) => name);
  const names = new Set(read.map(({ name }) => name));
  return [...new Set([...marked, ...before.filter((id) => !names.has(id.toLowerCase()))])].toSorted();
};

/** The host of a vault, where the step gives all keys of that vault back to their consumers; else `undefined`. */
export const vaultOpenedBy = (step: StepSpec): string | undefined => {
  const { opensVault } = kindOf(step);
  return opensVault === false ? undefined : opensVault(step);
};

/**
 * Whether a mark on this id counts for a step though the id cannot be read now. A step on a vault or a key affects everything in
 * it and all its consumers. A consumer that used a version once may use it again.
 */
const counts = (id: string, step: Step): boolean => {
  const { kind } = subjectOf(step);
  if (kind === 'vault' || kind === 'key') return true;
  const isConsumer = id.startsWith('/') && !id.includes('/microsoft.keyvault/');
  return [...step.touches, ...step.serves].includes(id) || (kind === 'version' && isConsumer);
};

const tagOf = (step: Step, { marked = [] }: PolicyRecords, read: ReadonlySet<string>): string | undefined =>
  isWeighty(step) ? marked.find((id) => !read.has(id.toLowerCase()) && counts(id.toLowerCase(), step)) : undefined;

/** A record on anything inside the vault or key that the step brings back whole, in use or not. */
export const recordIn = (step: Step, records: Pick<PolicyRecords, 'doNotHeal'>, now: Date): string | undefined => {
  const host = vaultOpenedBy(step);
  const whole = host === undefined ? (subjectOf(step).kind === 'key' ? step.target : undefined) : `https://${host}`;
  return whole === undefined ? undefined : recordWithin(whole, records, now);
};

/**
 * A sentence on who forbids a step by a mark on something that the step would give back, though it cannot be read now: a version
 * in a deleted vault, a consumer that is gone, another key of the vault and its consumers. `read`: ids, lower-cased, that were
 * just read: their present tags count instead.
 */
export const rememberedMark = (
  step: Step,
  records: PolicyRecords,
  doNotHealTag: string,
  now: Date,
  read: ReadonlySet<string> = new Set(),
): string | undefined => {
  const { otherKeysInVault = { ids: [], marked: [] } } = records;
  const opens = vaultOpenedBy(step) !== undefined;
  const name = tagOf(step, records, read) ?? (opens ? otherKeysInVault.marked[0] : undefined);
  if (name !== undefined)
    return `${name} carried the tag ${doNotHealTag} when it was last seen. If it cannot be read any more, take that back with ${liftBy('do-not-heal', `target=${name}&why=`)}`;
  return recordIn(step, records, now) ?? (opens ? recordMark(otherKeysInVault.ids, records, now) : undefined);
};
