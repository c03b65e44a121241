/** Numbers of keys for which docs/deploy.md has worked the prices out: a test holds the two together. */
export const SIZES = [100, 1_000, 10_000] as const;

export type Price = {
  readonly what: string;
  /** USD a month at each of the sizes, from and to. */
  readonly at: readonly (readonly [from: number, to: number])[];
};

const fixed = (...prices: readonly number[]): Price['at'] => prices.map((one) => [one, one] as const);

export const PRICES: readonly Price[] = [
  {
    what: 'probe: one read for each key and minute, RSA 2048 (larger keys: five times as much)',
    at: fixed(13, 131, 1_314),
  },
  {
    what: 'what these reads add to *your* audit logs, where a vault sends `AuditEvent` to a workspace',
    at: [
      [9, 14],
      [94, 136],
      [937, 1_361],
    ],
  },
  { what: 'computing on demand', at: fixed(2, 43, 134) },
  { what: 'instances kept warm: `durable`, `http`, both event functions, at 2048 MB', at: fixed(84, 84, 84) },
  { what: 'six alert rules; tables and queues', at: fixed(10, 11, 20) },
];
