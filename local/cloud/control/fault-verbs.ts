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
  status: z.int().min(200).max(599).optional(),
  code: z.string().min(1).optional(),
  message: z.string().optional(),
  inner: z.string().min(1).optional(),
  body: z.json().optional(),
  of: z.string().min(1).optional(),
  put: z.record(z.string().min(1), z.json()).optional(),
  leaveOut: z.array(z.string().min(1)).optional(),
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
      'status?': "of the kind 'answer': its HTTP status; 400 when left out",
      'code?': 'its code, RequestDisallowedByPolicy for example',
      'message?': 'its text',
      'inner?': "the code in innererror, where Key Vault's data plane says why",
      'body?': 'its whole body, instead of code and text',
      'of?': "of the kind 'spoilt': only the resources in the answer whose id ends so; the whole answer when left out",
      'put?': 'what stands there instead, by its dotted path: {"properties.state":"Unheard"}',
      'leaveOut?': 'dotted paths of what is missing',
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
