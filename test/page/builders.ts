import type { Line } from '../../page/model/line.ts';

export const NOW = Date.parse('2026-07-01T12:00:00.000Z');

export const at = (seconds: number): string => new Date(NOW + seconds * 1_000).toISOString();

/** A line of a healthy server with a key of its own, with the given differences. */
export const line = (name: string, more: Partial<Line> = {}): Line => ({
  id: `key-${name}`,
  key: `https://kv-${name}.vault.azure.net/keys/cmk`,
  vault: `kv-${name}`,
  verdict: 'healthy',
  consumer: {
    id: `/subscriptions/s/resourceGroups/data/providers/Microsoft.DBforMySQL/servers/${name}`,
    name,
    kind: 'mysqlSingleServer',
  },
  otherFaults: [],
  sentence: '',
  impact: { kind: 'none' },
  nextAction: { kind: 'none', sentence: '' },
  notes: [],
  changedAt: '',
  ...more,
});

export const down = (name: string, since: number, more: Partial<Line> = {}): Line =>
  line(name, { verdict: 'run', fault: 'keyExpired', impact: { kind: 'down', since: at(since) }, ...more });

export const threatened = (name: string, by: number, more: Partial<Line> = {}): Line =>
  line(name, { verdict: 'run', fault: 'keyDeleted', impact: { kind: 'losesKey', by: at(by) }, ...more });
