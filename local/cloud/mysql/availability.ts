import type { KeyRefusal } from './key-refusal.ts';

/** A change in a server's answers to its clients. Instants are milliseconds since 1970. */
export type AvailabilityEvent = {
  at: number;
  kind: 'keyLost' | 'keyRegained' | 'refused' | 'revalidationFailed' | 'ready' | 'stopped' | 'started';
  reason?: KeyRefusal;
};

export type Loss = { at: number; refusesAt: number; reason: KeyRefusal };

/**
 * `since` is the instant of the last change of `accepting`; `loss` is set from the first failed use of the key until the key
 * works again.
 */
export type Availability = {
  condition: 'ready' | 'inaccessible' | 'stopped';
  accepting: boolean;
  since: number;
  loss?: Loss;
  /** When the server first refused a client; before that no client has noticed the loss. */
  deniedAt?: number;
  history: AvailabilityEvent[];
};

export const available = (at: number): Availability => ({
  condition: 'ready',
  accepting: true,
  since: at,
  history: [],
});

/** The key could not be used: connections go on until `refusesAt`. Only the first failure counts. */
export const loseKey = (availability: Availability, loss: Loss): void => {
  if (availability.loss || availability.condition !== 'ready') return;
  availability.loss = loss;
  availability.history.push({ at: loss.at, kind: 'keyLost', reason: loss.reason });
};

/** The key works again before the server ever refused: nothing has to be revalidated. */
export const regainKey = (availability: Availability, at: number): void => {
  if (!availability.loss || availability.condition !== 'ready') return;
  delete availability.loss;
  availability.history.push({ at, kind: 'keyRegained' });
};

/** Connections are refused from now on, until a revalidation. */
export const refuseConnections = (availability: Availability, at: number): void => {
  if (!availability.loss || availability.condition !== 'ready') return;
  turn(availability, 'inaccessible', at);
  availability.history.push({ at, kind: 'refused', reason: availability.loss.reason });
};

export const failRevalidation = (availability: Availability, at: number, reason: KeyRefusal): void => {
  availability.history.push({ at, kind: 'revalidationFailed', reason });
};

/** A client connects: whether it is let in. */
export const connect = (availability: Availability, at: number): boolean => {
  if (availability.condition === 'inaccessible') availability.deniedAt ??= at;
  return availability.accepting;
};

/** A revalidation worked: the server serves again. */
export const serveAgain = (availability: Availability, at: number): void => {
  regainKey(availability, at);
  if (availability.condition !== 'inaccessible') return;
  delete availability.loss;
  turn(availability, 'ready', at);
  availability.history.push({ at, kind: 'ready' });
};

/** Stops a server on purpose. A stopped server does not use its key. */
export const stopServing = (availability: Availability, at: number): void => {
  if (availability.condition !== 'ready') return;
  delete availability.loss;
  turn(availability, 'stopped', at);
  availability.history.push({ at, kind: 'stopped' });
};

export const startServing = (availability: Availability, at: number): void => {
  if (availability.condition !== 'stopped') return;
  turn(availability, 'ready', at);
  availability.history.push({ at, kind: 'started' });
};

const turn = (availability: Availability, condition: Availability['condition'], at: number): void => {
  availability.condition = condition;
  availability.accepting = condition === 'ready';
  availability.since = at;
  if (condition === 'ready') delete availability.deniedAt;
};
