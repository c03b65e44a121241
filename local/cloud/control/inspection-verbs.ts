import { z } from 'zod';
import type { RequestFilter } from '../request-log.ts';
import type { Controlled, ControlVerb } from './controlled.ts';

const requestFilter = z.strictObject({
  since: z.coerce.number().int().min(0).optional(),
  caller: z.string().optional(),
  mutating: z.stringbool().optional(),
});

const seed = z.strictObject({ seed: z.int() });

const defined = (filter: z.infer<typeof requestFilter>): RequestFilter =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));

/** Verbs that show the world and set the seed of its random choices. */
export const inspectionVerbs = ({ clock, requests, faults, services, world }: Controlled): ControlVerb[] => [
  {
    method: 'GET',
    path: '/_sim/state',
    title: 'The state of every service, without key material',
    parameters: {},
    run: () => ({
      now: new Date(clock.now()).toISOString(),
      seed: world().seed,
      switches: world().switches,
      principals: world().entra.principals(),
      ...Object.fromEntries(services().map((service) => [service.name, service.snapshot()])),
    }),
  },
  {
    method: 'GET',
    path: '/_sim/requests',
    title: 'Every request that was served',
    parameters: {
      'since?': 'only those after this number',
      'caller?': "only this caller's: name or object id",
      'mutating?': 'true: only those that could change something; false: only the others',
    },
    run: (input) => ({ requests: requests.list(defined(requestFilter.parse(input))) }),
  },
  {
    method: 'POST',
    path: '/_sim/seed',
    title: 'Choose what chance does from now on',
    parameters: { seed: 'whole number' },
    example: { seed: 7 },
    run: (input) => {
      world().seed = seed.parse(input).seed;
      faults.recount();
      return { seed: world().seed };
    },
  },
];
