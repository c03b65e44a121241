import { byKey } from '../../remediation/model/doors.ts';
import type { Durable, Guardian } from '../guardian.ts';
import type { AssessInput, Assessment } from '../messages.ts';
import { recordOnce } from '../record.ts';
import { assessKey } from './assess-key.ts';

/** Once may be chance, and twice the same minute of an outage. */
export const TOLD_AFTER = 3;

/** Long errors are for the log. */
const LONGEST_WHY = 500;

const whyOf = (error: unknown): string => (String(error).split('\n')[0] ?? '').slice(0, LONGEST_WHY);

/** An outage of Azure keeps all keys from being assessed, and names for each another call that was not answered. */
const causeOf = (error: unknown, why: string): string =>
  error instanceof Error && error.name === 'AzureUnavailable' ? error.name : why;

/** Told by one of all keys that are not assessed for the same reason within an hour: the doors list the others. */
const tell = async (guardian: Guardian, keyId: string, error: unknown): Promise<void> => {
  const why = whyOf(error);
  const cause = `not assessed: ${causeOf(error, why)}`;
  if (!(await guardian.store.toldCauses.claim(cause, 'report', keyId, new Date())))
    return guardian.warn(`${keyId} could not be assessed either: ${why}`);
  await recordOnce(guardian, 'key cannot be assessed', { key: keyId, why });
  await guardian.notify({
    keyId,
    verdict: 'report',
    sentences: [
      `${keyId} could not be assessed ${TOLD_AFTER} times in a row: ${why}. Nothing of it is healed until it can be; every sweep tries again, and POST /api/reconciliations with {"key":"${keyId}"} does so now ${byKey('POST', 'reconciliations')}. Others that cannot be assessed for the same reason are not told of one by one: GET /api/health/details lists all such keys ${byKey('GET', 'health/details')}.`,
    ],
  });
};

/**
 * One assess. One that throws is entered beside the key, where the doors show it, and people are told once: a retry may cure
 * it, and what none cures would else be silent. Whatever is in the way of entering it hides no error.
 */
export const assessOrTell = async (guardian: Guardian, durable: Durable, input: AssessInput): Promise<Assessment> => {
  try {
    return await assessKey(guardian, durable, input);
  } catch (error) {
    const why = whyOf(error);
    const enter = async (): Promise<void> => {
      const { times } = await guardian.store.failures.add(input.keyId, { at: new Date().toISOString(), why });
      if (times === TOLD_AFTER) await tell(guardian, input.keyId, error);
    };
    await enter().catch((fault: unknown) => guardian.warn(`${input.keyId}: ${why}; not entered: ${String(fault)}`));
    throw error;
  }
};
