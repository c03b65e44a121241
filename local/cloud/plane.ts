import type { Caller } from './caller.ts';
import type { FaultKind } from './faults.ts';
import type { Incoming } from './incoming.ts';
import type { Answer } from './service.ts';

/** The ids that Azure gives an exchange; `correlationId` is the client's own if it sent one. */
export type ExchangeIds = { requestId: string; correlationId: string };

/** A request whose route and caller are known, not yet carried out. `run` answers errors too and does not throw them. */
export type Prepared = {
  name: string;
  mutating: boolean;
  caller?: Caller;
  /** The present failure of the host itself; an injected fault comes before it. */
  fault?: FaultKind;
  /**
   * A process on the clock answers in place of this plane: time waits for that process, and passes where that process needs it.
   */
  relayed?: true;
  run(): Promise<Answer>;
};

/**
 * One of Azure's API surfaces. It names a request before the request runs, so that the request can be logged and faults drawn for
 * it.
 */
export type Plane = { prepare(incoming: Incoming, ids: ExchangeIds): Promise<Prepared> };
