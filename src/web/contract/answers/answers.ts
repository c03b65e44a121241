import type { RouteName } from '../../../surface.ts';
import { alerts } from './alerts.ts';
import type { Answers } from './answers-row.ts';
import { approvals } from './approvals.ts';
import { incidents } from './incidents.ts';
import { ledger } from './ledger.ts';
import { looks } from './looks.ts';
import { overrides } from './overrides.ts';
import { product } from './product.ts';
import { reports } from './reports.ts';
import { subscriptions } from './subscriptions.ts';
import { wouldHave } from './would-have.ts';

/** The answers of every route. Only `GET /api/openapi.json` loads this table; tests compare the real answers with it. */
export const ANSWERS = {
  ...looks,
  ...approvals,
  ...subscriptions,
  ...overrides,
  ...ledger,
  ...incidents,
  ...wouldHave,
  ...reports,
  ...alerts,
  ...product,
} as const satisfies Readonly<Record<RouteName, Answers>>;
