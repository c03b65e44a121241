import { z } from 'zod';
import { type Fact, present, unknown } from '../facts.ts';
import type { Arm } from './arm.ts';

const GROUPS = 'Microsoft.Management/managementGroups';

const descendant = z.object({ name: z.string(), type: z.string() });

/**
 * Ids of the subscriptions below a management group, at any depth: the same request as the product's, with the rights of the
 * caller.
 */
export const readDescendants = async (arm: Arm, name: string): Promise<Fact<readonly string[]>> => {
  const listed = await arm.list(`/providers/${GROUPS}/${name}/descendants`, GROUPS);
  if (listed.kind !== 'present') return listed;
  const read = z.array(descendant).safeParse(listed.value);
  if (!read.success) return unknown(`they are not understood: ${z.prettifyError(read.error)}`);
  return present(read.data.flatMap(({ name: id, type }) => (/\/subscriptions$/i.test(type) ? [id.toLowerCase()] : [])));
};
