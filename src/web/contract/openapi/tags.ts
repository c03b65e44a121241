import type { ROUTES } from '../../../surface.ts';

/** Chapters of the document, by the first part of a path. */
const TAGS = {
  reconciliations: 'Looking at keys, and what is wrong with them',
  orchestrators: 'Repairs that a person starts',
  plans: 'Plans that are asked, and their approval',
  subscriptions: 'Subscriptions below management groups, and whether those that are missing may go',
  overrides: 'Overrides: pauses, and do-not-heal records that forbid repairs',
  history: 'Incidents, ledger and evidence',
  reports: 'Posture and coverage',
  alerts: 'Alerts of Azure Monitor',
  product: 'The product itself',
} as const;

type Tag = keyof typeof TAGS;

type FirstPart<Path extends string> = Path extends `${infer First}/${string}` ? First : Path;

/** The compiler asks for the chapter of every path. */
const OF_PATH: Readonly<Record<FirstPart<(typeof ROUTES)[number]['route']>, Tag>> = {
  reconciliations: 'reconciliations',
  sweeps: 'reconciliations',
  summary: 'reconciliations',
  expiry: 'reconciliations',
  orchestrators: 'orchestrators',
  plans: 'plans',
  approvals: 'plans',
  'vault-moves': 'plans',
  subscriptions: 'subscriptions',
  overrides: 'overrides',
  orders: 'overrides',
  pause: 'overrides',
  'do-not-heal': 'overrides',
  incidents: 'history',
  history: 'history',
  'would-have': 'history',
  ledger: 'history',
  evidence: 'history',
  posture: 'reports',
  coverage: 'reports',
  alerts: 'alerts',
  quarantine: 'alerts',
  health: 'product',
  'openapi.json': 'product',
  'client-settings': 'product',
  ui: 'product',
  problems: 'product',
  settings: 'product',
};

export const tagOf = ({ route }: Pick<(typeof ROUTES)[number], 'route'>): Tag =>
  OF_PATH[route.split('/')[0] as FirstPart<typeof route>];

export const ALL_TAGS = Object.entries(TAGS).map(([name, description]) => ({ name, description }));
