import type { Guardian } from '../guardian.ts';
import { record } from '../record.ts';
import { remind } from './remind.ts';
import { openTellWeek } from './tell-week.ts';

/** What people were asked and told, again. */
const sendToPeople = async (guardian: Guardian): Promise<number> => {
  if (!guardian.settings.hasWebhook) return 0;
  await remind(guardian, new Date());
  const givenUp = await guardian.notifyAgain();
  for (const { keyId, verdict, at = '' } of givenUp)
    await record(guardian, 'a message was given up after a day', { key: keyId, verdict, at });
  return givenUp.length;
};

/** What the product's topic has not taken; of what is given up the ids alone are entered, together. */
const sendToTopic = async (guardian: Guardian): Promise<number> => {
  if (!guardian.settings.hasTopic) return 0;
  const givenUp = await guardian.publishAgain();
  if (givenUp.length > 0)
    await record(
      guardian,
      'events were given up after a day',
      givenUp.map(({ type, id, time, subject }) => ({ type, id, time, subject })),
    );
  return givenUp.length;
};

type Send = (guardian: Guardian) => Promise<number>;

/**
 * Repeats what people were asked, tells how a week was, and sends what no webhook and no topic has taken yet. At the end of each sweep and
 * probe; never fails one. Returns how many messages were given up, which the chain of the product tells.
 */
export const openSendNotices = (guardian: Guardian): (() => Promise<number>) => {
  const tellWeek = openTellWeek(guardian);
  const sendWeek: Send = async () => {
    await tellWeek();
    return 0;
  };
  return async () => {
    let givenUp = 0;
    for (const [what, send] of [
      ['messages could not be sent again', sendToPeople],
      ['events could not be sent again', sendToTopic],
      ['the summary of the week could not be made', sendWeek],
    ] as const) {
      try {
        givenUp += await send(guardian);
      } catch (error) {
        guardian.warn(`${what}: ${(error as Error).name}; the next sweep tries it`);
      }
    }
    return givenUp;
  };
};
