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
 * GET: for whoever asks a bare 200, or 503 where the product cannot look or cannot store; with the token of a person who has one of
 * its app roles, in detail. No key is looked at here: the host tells no function whether there was one.
 */
export const openHealthDoor =
  (takePulse: TakePulse): Door =>
  async (request, guardian, durable) => {
    const pulse = await takePulse(durable);
    return request.caller.kind === 'anybody' ? bare(pulse) : inDetail(pulse, guardian);
  };

/** The same in detail. */
export const openHealthDetailsDoor =
  (takePulse: TakePulse): Door =>
  async (_request, guardian, durable) =>
    inDetail(await takePulse(durable), guardian);
