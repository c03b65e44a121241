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

/** Everything of a key that was just read and may bear a tag, by its id: versions, vault and consumers. */
export const readIn = (observation: KeyObservation): readonly Tagged[] => {
  const { current, key, vault, versions } = observation;
  const read = [...Object.values(versions), ...(current ? [current] : [])];
  return [
    ...read.flatMap((fact) => (fact.kind === 'present' ? [{ name: fact.value.kid, tags: fact.value.tags }] : [])),
    // The tags of a key without a version are those of its current one.
    ...(current?.kind === 'present' ? [{ name: keyId(key), tags: {} }] : []),
    ...(vault.kind === 'present' ? [{ name: vault.value.id, tags: vault.value.tags }] : []),
    ...consumersOf(observation).map(({ id, tags }) => ({ name: id, tags })),
  ].map(lowerCased);
};

/** What is left of a deleted vault or key. A tag on it counts; that it shows none takes no mark back. */
const leftIn = (observation: KeyObservation): readonly Tagged[] => {
  const { key, loss } = observation;
  const vault = vaultLossOf(observation);
  return [
    ...(vault?.kind === 'deleted' ? [{ name: vault.vaultId, tags: vault.tags }] : []),
    ...(loss?.kind === 'present' && loss.value.kind === 'deleted' ? [{ name: keyId(key), tags: loss.value.tags }] : []),
  ].map(lowerCased);
};

/**
 * Ids, sorted, of all that bears the tag, or bore it when it was last read: versions of the key, in use or not, the key, its
 * vault, and its consumers. Only what was read without the tag is taken out.
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

/** The host of the vault of which a step gives every key back to those who use it; `undefined` where it does not. */
export const vaultOpenedBy = (step: StepSpec): string | undefined => {
  const { opensVault } = kindOf(step);
  return opensVault === false ? undefined : opensVault(step);
};

/**
 * Whether a mark on this counts for a step though nobody can read it now. What is done to a vault or a key is done to all that
 * is in it and to all who use it; who once used a version may come back to it.
 */
const counts = (id: string, step: Step): boolean => {
  const { kind } = subjectOf(step);
  if (kind === 'vault' || kind === 'key') return true;
  const isConsumer = id.startsWith('/') && !id.includes('/microsoft.keyvault/');
  return [...step.touches, ...step.serves].includes(id) || (kind === 'version' && isConsumer);
};

const tagOf = (step: Step, { marked = [] }: PolicyRecords, read: ReadonlySet<string>): string | undefined =>
  isWeighty(step) ? marked.find((id) => !read.has(id.toLowerCase()) && counts(id.toLowerCase(), step)) : undefined;

/** A record for anything in what a step brings back whole, be it in use or not. */
const recordIn = (step: Step, records: PolicyRecords, now: Date): string | undefined => {
  const host = vaultOpenedBy(step);
  const whole = host === undefined ? (subjectOf(step).kind === 'key' ? step.target : undefined) : `https://${host}`;
  return whole === undefined ? undefined : recordWithin(whole, records, now);
};

/**
 * Who forbids a step by a mark on what the step would give back, though it is out of sight: a version in a deleted vault, a
 * consumer that is gone, another key of the vault and those who use it. `read`: ids, lower-cased, of what was just read, which
 * speaks for itself.
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
