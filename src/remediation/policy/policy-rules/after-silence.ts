import { liftBy } from '../../model/doors.ts';
import { addDuration } from '../../model/duration.ts';
import type { PolicyRecords } from '../../model/records.ts';
import { type PolicyRule, report } from '../policy-rule.ts';
import type { PolicySettings } from '../policy-types.ts';

/**
 * Whether the last sweep began so long ago that the product cannot know what people have decided since. An empty store is not
 * silence: the product is new there. It is not silence either where a person has allowed repairs again since.
 */
export const isSilent = (
  { sweptAt, restLiftedAt }: Pick<PolicyRecords, 'sweptAt' | 'restLiftedAt'>,
  { silence }: Pick<PolicySettings, 'silence'>,
  now: Date,
): boolean =>
  sweptAt !== undefined &&
  [sweptAt, restLiftedAt].every((at) => at === undefined || addDuration(new Date(at), silence) < now);

/** After a long silence the product does not know what has changed: its first run only looks and reports. */
export const afterSilence: PolicyRule = (step, { records, settings, now }) =>
  isSilent(records, settings, now)
    ? report(
        step,
        `No sweep began since ${records.sweptAt}: the first run after a long silence reports and repairs nothing. The next sweep begins a pause of an hour; the rest is lifted, before and after that, by ${liftBy('pause', 'why=')}: a sweep begins at once.`,
      )
    : undefined;
