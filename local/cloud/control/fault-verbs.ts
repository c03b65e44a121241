import { z } from 'zod';
import { type Fault, faultKinds } from '../faults.ts';
import type { Controlled, ControlVerb } from './controlled.ts';

const fault = z.strictObject({
  route: z.string().min(1).default('*'),
  kind: z.enum(faultKinds),
  rate: z.number().gt(0).max(1).default(1),
  retryAfter: z.number().min(0).optional(),
  caller: z.string().optional(),
  times: z.int().min(1).optional(),
});

const defined = ({ route, kind, rate, ...rest }: z.infer<typeof fault>): Fault => ({
  route,
  kind,
  rate,
  ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
});

/** Faults on purpose. */
export const faultVerbs = ({ faults }: Controlled): ControlVerb[] => [
  {
    method: 'POST',
    path: '/_sim/faults',
    title: 'Let requests fail',
    parameters: {
      kind: faultKinds.join(', '),
      'route?': "pattern over 'METHOD https://host/path', * stands for anything; every route when left out",
      'rate?': 'probability per request, above 0 up to 1; 1 when left out',
      'retryAfter?': 'seconds of the Retry-After header; no header when left out',
      'caller?': "only this caller's requests: name or object id",
      'times?': 'how often at most',
    },
    example: { kind: '429', route: 'PUT *servers/*/keys/*', rate: 0.1, retryAfter: 30 },
    run: (input) => {
      faults.add(defined(fault.parse(input)));
      return { faults: faults.list() };
    },
  },
  {
    method: 'DELETE',
    path: '/_sim/faults',
    title: 'No more faults',
    parameters: {},
    run: () => {
      faults.clear();
      return { faults: [] };
    },
  },
];
