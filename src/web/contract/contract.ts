import type * as z from 'zod/mini';
import type { RouteName } from '../../surface.ts';
import { alerts } from './alerts.ts';
import { approvals } from './approvals.ts';
import { looks } from './looks.ts';
import { overrides } from './overrides.ts';
import { product } from './product.ts';
import { reports } from './reports.ts';
import type { ContractRow } from './row.ts';
import { subscriptions } from './subscriptions.ts';

/**
 * The parameters and bodies of every route. The routes read requests by these schemas, and `GET /api/openapi.json` is made of
 * them.
 */
export const CONTRACT = {
  ...looks,
  ...approvals,
  ...subscriptions,
  ...overrides,
  ...reports,
  ...alerts,
  ...product,
} as const satisfies Readonly<Record<RouteName, ContractRow>>;

/** The query of a route, as its handler gets it. */
export type QueryOf<Name extends RouteName> = z.infer<(typeof CONTRACT)[Name]['query']>;
