import type { Route } from '../../../surface.ts';

/** Chapters of the document, by the first part of a path. */
const TAGS = {
  reconciliations: 'Looking at keys, and what is wrong with them',
  orchestrators: 'Repairs that a person starts',
  plans: 'Plans that are asked, and their approval',
  orders: 'What people have ordered: pauses and records that forbid repairs',
  history: 'Incidents, ledger and evidence',
  reports: 'Posture and coverage',
  alerts: 'Alerts of Azure Monitor',
  product: 'The product itself',
} as const;

type Tag = keyof typeof TAGS;

const OF_PATH: Readonly<Record<string, Tag>> = {
  reconciliations: 'reconciliations',
  sweeps: 'reconciliations',
  orchestrators: 'orchestrators',
  plans: 'plans',
  'vault-moves': 'plans',
  orders: 'orders',
  pause: 'orders',
  'do-not-heal': 'orders',
  incidents: 'history',
  history: 'history',
  ledger: 'history',
  evidence: 'history',
  posture: 'reports',
  coverage: 'reports',
  alerts: 'alerts',
  quarantine: 'alerts',
};

export const tagOf = ({ route }: Pick<Route, 'route'>): Tag => OF_PATH[route.split('/')[0] ?? ''] ?? 'product';

export const ALL_TAGS = Object.entries(TAGS).map(([name, description]) => ({ name, description }));
