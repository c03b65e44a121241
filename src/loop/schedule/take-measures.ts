import type { Singleton } from '../../remediation/protocol/orchestrations.ts';
import {
  isMeasuring,
  measureLookAge,
  measureOpenIncidents,
  measureWaitingEvents,
  measureWaitingNotices,
} from '../../telemetry/measures.ts';
import type { Guardian } from '../guardian.ts';

/** For each timer, the beat that shows that its look was taken. */
const LOOKS = { sweep: 'sweepListed', probe: 'probe', posture: 'posture' } as const;

const countOpen = async ({ store }: Guardian): Promise<number> => {
  let count = 0;
  for await (const { isOpen } of store.keyRows.listUnsettled()) if (isOpen) count += 1;
  return count;
};

/**
 * The metrics that a timer records beside its own work, if metrics are exported: the age of the looks, the number of
 * waiting messages and events, and with the sweep the number of open incidents. Three calls to storage, and one for
 * every 1,000 keys.
 */
export const takeMeasures = async (guardian: Guardian, which: Singleton): Promise<void> => {
  if (!isMeasuring()) return;
  const beats = await guardian.store.beats.read();
  const now = new Date().toISOString();
  for (const [look, beat] of Object.entries(LOOKS)) {
    const last = beats[beat];
    if (last) measureLookAge(look, last.at, now);
  }
  const { waitingNotices, waitingEvents } = guardian.store;
  measureWaitingNotices((await waitingNotices.count()).count);
  measureWaitingEvents((await waitingEvents.count()).count);
  if (which === 'sweep') measureOpenIncidents(await countOpen(guardian));
};
