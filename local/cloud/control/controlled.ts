import type { Clock } from '../../clock/clock.ts';
import type { FullWorld } from '../create-world.ts';
import type { IdentityEndpoint } from '../entra/identity-endpoint.ts';
import type { Faults } from '../faults.ts';
import type { RequestLog } from '../request-log.ts';
import type { Service } from '../service.ts';

/** The objects on which the control surface works. */
export type Controlled = {
  clock: Clock;
  requests: RequestLog;
  faults: Faults;
  load(world: string, input?: Record<string, unknown>): FullWorld;
  world(): FullWorld;
  services(): Service[];
  identity: IdentityEndpoint;
  /** Verbs of the parts beside the cloud, for example of its host. */
  others?: readonly ControlVerb[];
};

export type ControlInput = Record<string, unknown>;

/** One operation of /_sim. `example` is a body for curl. */
export type ControlVerb = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  title: string;
  parameters: Record<string, string>;
  example?: Record<string, unknown>;
  run(input: ControlInput): unknown | Promise<unknown>;
};

/** Input that a verb cannot use; every mistake is a sentence. */
export class InputError extends Error {
  readonly faults: string[];

  constructor(faults: string[]) {
    super('The input is wrong.');
    this.name = 'InputError';
    this.faults = faults;
  }
}
