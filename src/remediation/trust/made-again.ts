import { type Baseline, type BaselineConsumer, ofConsumer } from '../model/baseline.ts';
import type { ConsumerFacts, KeyObservation } from '../model/facts.ts';
import type { Known } from '../model/known.ts';
import { userOf } from '../observation/pins.ts';

/** Whether a consumer is the one that had access, or another one that was made again under the same name. */
type Being = 'same' | 'another' | 'unknown';

type Seen = Pick<Known, 'baseline' | 'baselineAt'>;

const isBefore = (time: string | undefined, at: string | undefined): boolean | undefined =>
  time === undefined || at === undefined ? undefined : Date.parse(time) <= Date.parse(at);

/**
 * Compares when the consumer was made, where that was recorded; else whether it existed when the baseline was entered. The person
 * who makes a resource chooses its name and its tags, but not these times.
 */
const beingOf = ({ birth, existsSince }: ConsumerFacts, was: BaselineConsumer, { baselineAt }: Seen): Being => {
  if (birth !== undefined && was.birth !== undefined) return birth === was.birth ? 'same' : 'another';
  const wasBorn = isBefore(birth, baselineAt);
  if (wasBorn !== undefined) return wasBorn ? 'same' : 'another';
  return isBefore(existsSince, baselineAt) === true ? 'same' : 'unknown';
};

/** Why nobody can tell that a known consumer is the one that had access, in a sentence; `undefined` where Azure shows it. */
export const maybeMadeAgain = (consumer: ConsumerFacts, known: Seen): string | undefined => {
  const was = ofConsumer(known.baseline, consumer.id);
  return was === undefined || beingOf(consumer, was, known) === 'same'
    ? undefined
    : `Azure does not show when ${consumer.name} was made: say yes only if it is the one that had access, and no other under its name.`;
};

/**
 * Removes from the baseline the consumers that were deleted and made again under the same name: those that exist now count as
 * new.
 */
export const withoutMadeAgain = <Kept extends Known>(known: Kept, observation: KeyObservation): Kept => {
  const { baseline } = known;
  if (baseline === undefined) return known;
  const isAnother = (was: BaselineConsumer): boolean => {
    const now = userOf(observation, was.id);
    return now !== undefined && beingOf(now, was, known) === 'another';
  };
  if (!baseline.consumers.some(isAnother)) return known;
  const left: Baseline = { ...baseline, consumers: baseline.consumers.filter((was) => !isAnother(was)) };
  return { ...known, baseline: left };
};
