/** Written by npm run bench -- --write; of docs/performance.md. Numbers of keys that were measured. */
export const SIZES: readonly number[] = [100, 1000];

/** USD a month at each of the sizes. */
export type Price = { readonly what: string; readonly at: readonly number[] };

export const PRICES: readonly Price[] = [
  { what: 'Key Vault', at: [15.77, 157.68] },
  { what: 'rows in your audit logs, where vaults send `AuditEvent` to a workspace', at: [11.24, 112.43] },
  { what: 'Functions: executions', at: [0.13, 0.33] },
  { what: 'Functions: memory while they are at work', at: [8.63, 17.77] },
  { what: 'storage: its own, and that of Durable Functions', at: [0.44, 0.65] },
  { what: 'Event Grid: events published and delivered', at: [0, 0] },
  { what: 'alert rules on logs', at: [4.5, 4.5] },
  { what: '4 instances that are always ready', at: [84.1, 84.1] },
];
