import { addDuration } from '../../model/duration.ts';
import type { PolicyRecords } from '../../model/records.ts';
import { type PolicyRule, report } from '../policy-rule.ts';
import type { PolicySettings } from '../policy-types.ts';

/**
 * Whether so long no sweep began that nobody knows what has been decided meanwhile. An empty store is no silence: there
 * the product is new.
 */
export const isSilent = (
  { sweptAt }: Pick<PolicyRecords, 'sweptAt'>,
  { silence }: Pick<PolicySettings, 'silence'>,
  now: Date,
): boolean => sweptAt !== undefined && addDuration(new Date(sweptAt), silence) < now;

/** A repairer that comes back to life acts on a world that it does not know: it looks first. */
export const afterSilence: PolicyRule = (step, { records, settings, now }) =>
  isSilent(records, settings, now)
    ? report(
        step,
        `No sweep began since ${records.sweptAt}: the first run after a long silence reports and repairs nothing. The next sweep begins a pause of an hour; lift it to go on at once.`,
      )
    : undefined;
