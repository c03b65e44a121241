import { liftBy } from '../../remediation/model/doors.ts';
import { addDuration } from '../../remediation/model/duration.ts';
import { inForce } from '../../remediation/model/in-force.ts';
import { isSilent } from '../../remediation/policy/policy-rules/after-silence.ts';
import type { Guardian } from '../guardian.ts';
import { PRODUCT_CHAIN, record } from '../record.ts';

/** The time for people to read the reports of the first run before the product acts. */
const TO_READ = 'PT1H';

/**
 * Enters that a sweep begins. After a long silence it first pauses the product for an hour, unless a person has paused
 * it already: a backlog of repairs must not run before people can see it.
 */
export const beginSweep = async (guardian: Guardian, now: Date): Promise<void> => {
  const { records } = guardian.store;
  const inForceNow = await records.inForce(now.toISOString());
  const { sweptAt, paused } = inForceNow;
  const isPaused = paused !== undefined && inForce(paused.until, now);
  if (isSilent(inForceNow, guardian.settings.policy, now) && !isPaused) {
    const why = `this is the first run since the sweep of ${sweptAt}; read the reports, then go on at once by ${liftBy('pause', 'why=')}`;
    const pause = { by: 'cmk-guardian', why, until: addDuration(now, TO_READ).toISOString() };
    await records.pause(pause);
    await record(guardian, 'paused after a silence', pause);
    await guardian.notify({
      keyId: PRODUCT_CHAIN,
      verdict: 'report',
      sentences: [`Paused until ${pause.until}: ${why}.`],
    });
  }
  await records.sweepBegins(now.toISOString());
  await guardian.store.beats.beat('sweep', now.toISOString());
};
