import type { Clock } from '../../clock/clock.ts';
import type { FaultKind } from '../faults.ts';

/** The host of a service that receives messages by a webhook: a chat, or a queue of on-call people. It does not belong to Azure. */
export const WEBHOOK_HOST = 'hooks.contoso.com';

/** The hosts where Slack, PagerDuty and the workflows of Teams take messages; a wildcard takes one label. */
export const CHAT_HOSTS = [
  'hooks.slack.com',
  'events.pagerduty.com',
  'events.eu.pagerduty.com',
  '*.westeurope.logic.azure.com',
] as const;

/**
 * `fails`: it answers `status`. `hangs`: it takes the request and never answers. `drops`: it closes the connection. `loses`: it
 * takes the message, and the answer is lost.
 */
export const BEHAVIOURS = ['answers', 'fails', 'hangs', 'drops', 'loses'] as const;
export type Behaviour = (typeof BEHAVIOURS)[number];

export type Received = { at: number; host: string; body: unknown };

/** `status` counts for `fails` alone, `retryAfter` (seconds) as well. */
export type Present = { behaviour: Behaviour; status: number; retryAfter?: number };

export type Webhook = {
  /** Sets the answers of one host, or of all hosts. */
  behave(behaviour: Behaviour, more?: { status?: number; retryAfter?: number; host?: string }): void;
  behaviour(host?: string): Present;
  /** The kind of failure of a host that does not answer. */
  fault(host: string): FaultKind | undefined;
  take(host: string, body: unknown): void;
  /** All accepted messages, oldest first. */
  received(): Received[];
  /** The number of requests, refused ones included. */
  tries(): number;
  tried(): void;
};

const FAULTS: Partial<Record<Behaviour, FaultKind>> = { hangs: 'timeout', drops: 'reset', loses: 'reset-after' };

export const createWebhook = (clock: Pick<Clock, 'now'>): Webhook => {
  let ofAll: Present = { behaviour: 'answers', status: 503 };
  const ofHost = new Map<string, Present>();
  const behaviour = (host = ''): Present => ({ ...(ofHost.get(host) ?? ofAll) });
  const received: Received[] = [];
  let tries = 0;
  return {
    behave: (behaviour, { status = 503, retryAfter, host } = {}) => {
      const present = { behaviour, status, ...(retryAfter !== undefined && { retryAfter }) };
      if (host !== undefined) return void ofHost.set(host, present);
      ofHost.clear();
      ofAll = present;
    },
    behaviour,
    fault: (host) => FAULTS[behaviour(host).behaviour],
    take: (host, body) => {
      received.push({ at: clock.now(), host, body });
    },
    received: () => [...received],
    tries: () => tries,
    tried: () => {
      tries += 1;
    },
  };
};
