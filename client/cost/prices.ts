/** Written by npm run bench -- --write; of docs/performance.md. Numbers of keys that were measured. */
export const SIZES: readonly number[] = [100, 1000, 10000];

/** USD a month at each of the sizes. */
export type Price = { readonly what: string; readonly at: readonly number[] };

export const PRICES: readonly Price[] = [
  { what: 'Key Vault', at: [15.77, 157.68, 1576.8] },
  { what: 'rows in your audit logs, where vaults send `AuditEvent` to a workspace', at: [11.24, 112.43, 1124.26] },
  { what: 'Functions: executions', at: [0.06, 0.32, 2.79] },
  { what: 'Functions: memory while they are at work', at: [4.09, 15.82, 78.04] },
  { what: 'storage: its own, and that of Durable Functions', at: [0.4, 0.64, 3] },
  { what: 'Event Grid: events published and delivered', at: [0, 0, 0.06] },
  { what: 'alert rules on logs', at: [4.5, 4.5, 4.5] },
  { what: '4 instances that are always ready', at: [84.1, 84.1, 84.1] },
];
