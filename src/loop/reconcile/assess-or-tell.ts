import type { Durable, Guardian } from '../guardian.ts';
import type { AssessInput, Assessment } from '../messages.ts';
import { recordOnce } from '../record.ts';
import { assessKey } from './assess-key.ts';

/** One failure may be chance, and two may be the same minute of an outage. */
export const TOLD_AFTER = 3;

/** The most characters of an error in a message. The log has the whole error. */
const LONGEST_WHY = 500;

/** The sentence of Azure's refusal; for any other error the name, which shows its kind. */
const whyOf = (error: unknown): string => {
  const told = error instanceof Error && error.name === 'AzureUnavailable' ? error.message : String(error);
  return (told.split('\n')[0] ?? '').slice(0, LONGEST_WHY);
};

/**
 * The cause by which messages are grouped. An outage of Azure stops the assess of all keys, and the unanswered call
 * differs from key to key.
 */
const causeOf = (error: unknown, why: string): string =>
  error instanceof Error && error.name === 'AzureUnavailable' ? error.name : why;

/**
 * One message for all keys that cannot be assessed for the same reason within an hour. The HTTP routes list the other
 * keys.
 */
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
      `${keyId} could not be assessed ${TOLD_AFTER} times in a row: ${why}. Nothing of it is healed until it can be; every sweep tries again, and cmk-guardian start ${keyId} does so now. Others that cannot be assessed for the same reason are not told of one by one: cmk-guardian status lists all such keys.`,
    ],
  });
};

/**
 * One assess. An assess that throws is recorded beside the key, where the HTTP routes show it, and people are told
 * once. A retry may cure the error, but an error that no retry cures would else be silent. A failure of that record
 * never hides the original error.
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
