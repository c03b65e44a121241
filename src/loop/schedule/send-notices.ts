import type { Guardian } from '../guardian.ts';
import { record } from '../record.ts';
import { remind } from './remind.ts';
import { openTellWeek } from './tell-week.ts';

/** Repeats questions, and sends waiting messages again. */
const sendToPeople = async (guardian: Guardian): Promise<number> => {
  if (!guardian.settings.hasWebhook) return 0;
  await remind(guardian, new Date());
  const givenUp = await guardian.notifyAgain();
  for (const { keyId, verdict, at = '' } of givenUp)
    await record(guardian, 'a message was given up after a day', { key: keyId, verdict, at });
  return givenUp.length;
};

/** Sends waiting events to the product's topic again. For events that are given up, one entry holds all their ids. */
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
 * Repeats questions to people, sends the weekly summary, and sends the messages and events that no webhook or topic has
 * taken yet. Runs at the end of each sweep and probe, and never makes one fail. Returns how many messages were given
 * up; the product's chain names them.
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
