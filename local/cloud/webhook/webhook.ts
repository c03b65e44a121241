import type { Clock } from '../../clock/clock.ts';
import type { FaultKind } from '../faults.ts';

/** The host of whoever receives messages by a webhook: somebody's chat, or a queue of on-call people. It is not Azure's. */
export const WEBHOOK_HOST = 'hooks.contoso.com';

/**
 * `fails`: it answers `status`. `hangs`: it takes the request and never answers. `drops`: it closes the connection. `loses`: it
 * takes the message, and the answer is lost.
 */
export const BEHAVIOURS = ['answers', 'fails', 'hangs', 'drops', 'loses'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

export type Received = { at: number; body: unknown };

export type Webhook = {
  /** `status` counts where it fails. */
  behave(behaviour: Behaviour, status?: number): void;
  behaviour(): { behaviour: Behaviour; status: number };
  /** Where no answer comes: how the connection ends. */
  fault(): FaultKind | undefined;
  take(body: unknown): void;
  /** Every message that was taken, oldest first. */
  received(): Received[];
  /** How many requests came, whatever became of them. */
  tries(): number;
  tried(): void;
};

const FAULTS: Partial<Record<Behaviour, FaultKind>> = { hangs: 'timeout', drops: 'reset', loses: 'reset-after' };

export const createWebhook = (clock: Pick<Clock, 'now'>): Webhook => {
  let present: { behaviour: Behaviour; status: number } = { behaviour: 'answers', status: 503 };
  const received: Received[] = [];
  let tries = 0;
  return {
    behave: (behaviour, status = 503) => {
      present = { behaviour, status };
    },
    behaviour: () => ({ ...present }),
    fault: () => FAULTS[present.behaviour],
    take: (body) => {
      received.push({ at: clock.now(), body });
    },
    received: () => [...received],
    tries: () => tries,
    tried: () => {
      tries += 1;
    },
  };
};
