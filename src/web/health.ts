import { healthOf, type Pulse, type TakePulse } from '../loop/schedule/health.ts';
import type { Door, DoorAnswer } from './door.ts';
import { VERSION } from './version.ts';

const bare = ({ kind }: Pulse): DoorAnswer => ({
  status: kind === 'well' || kind === 'timersStand' ? 200 : 503,
});

const inDetail = async (pulse: Pulse, guardian: Parameters<Door>[1]): Promise<DoorAnswer> => {
  const { kind, timers = [], why } = pulse;
  const known = kind === 'noStorage' ? {} : await healthOf(guardian);
  return {
    ...bare(pulse),
    body: {
      status: kind,
      ...(why !== undefined && { why }),
      version: VERSION,
      now: new Date().toISOString(),
      overdueTimers: timers,
      ...known,
    },
  };
};

/**
 * GET: for any caller a bare 200, or 503 where the product cannot look or cannot store. A person with one of the app roles gets
 * the details. Function keys play no part here: the host does not tell a function whether one was sent.
 */
export const openHealthDoor =
  (takePulse: TakePulse): Door =>
  async (request, guardian, durable) => {
    const pulse = await takePulse(durable);
    return request.caller.kind === 'anybody' ? bare(pulse) : inDetail(pulse, guardian);
  };

/** The health with its details. */
export const openHealthDetailsDoor =
  (takePulse: TakePulse): Door =>
  async (_request, guardian, durable) =>
    inDetail(await takePulse(durable), guardian);
