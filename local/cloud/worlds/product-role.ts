import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** The parts of the product's role, as infra/ has them. */
export const PRODUCT_PARTS = ['observe', 'keys', 'grants', 'consumers'] as const;

export type ProductPart = (typeof PRODUCT_PARTS)[number];

const infra = (file: string): string =>
  readFileSync(path.join(import.meta.dirname, '..', '..', '..', 'infra', file), 'utf8');

const actions = z.array(z.string());
const role = z.object({
  roleName: z.string(),
  description: z.string(),
  permissions: z.tuple([z.object({ actions, notActions: actions, dataActions: actions, notDataActions: actions })]),
});

/** One part of the role, as infra/ defines it: this cloud grants its product exactly this part. */
export const productRole = (part: ProductPart) => role.parse(JSON.parse(infra(`custom-role-${part}.json`)));

/** The condition on the assignment of the part that gives access, for the product of this object id. */
export const grantsCondition = (objectId: string): string =>
  infra('role-assignment-condition.txt').trim().replaceAll('<principal id>', objectId);
