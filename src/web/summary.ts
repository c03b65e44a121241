import type { Guardian } from '../loop/guardian.ts';
import { countEstate } from '../loop/memory/estate.ts';
import { agesOf } from '../loop/schedule/health.ts';
import type { Door } from './door.ts';
import { VERSION } from './version.ts';

/** How long one answer serves all callers: a dashboard asks often, and a sweep comes every five minutes. */
const KEPT_MS = 60_000;

const summaryOf = async (guardian: Guardian) => {
  const [estate, beats] = await Promise.all([countEstate(guardian), guardian.store.beats.read()]);
  const { sweep, probe, posture } = agesOf(beats);
  return {
    now: new Date().toISOString(),
    version: VERSION,
    mode: guardian.settings.policy.mode,
    ...estate,
    sweep,
    probe,
    posture,
  };
};

/**
 * GET: what is guarded, how well, and whether the sweeps run; at most a minute old. It takes three calls to storage, and one more
 * for each 1,000 rows.
 */
export const openSummaryDoor = (): Door => {
  let kept: { readonly at: number; readonly summary: ReturnType<typeof summaryOf> } | undefined;
  return async (_request, guardian) => {
    if (!kept || Date.now() - kept.at >= KEPT_MS) {
      const reading = { at: Date.now(), summary: summaryOf(guardian) };
      kept = reading;
      reading.summary.catch(() => {
        if (kept === reading) kept = undefined;
      });
    }
    return { status: 200, body: await kept.summary };
  };
};
