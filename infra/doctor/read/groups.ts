import { z } from 'zod';
import { createGraph, GraphRefusal, type Send } from '../../sign-in/graph.ts';
import { type Fact, type Group, present, unknown } from '../facts.ts';

const group = z.object({
  '@odata.type': z.literal('#microsoft.graph.group'),
  id: z.string(),
  displayName: z.string().nullish(),
});

type GraphAccess = {
  readonly graph: string;
  readonly send: Send;
  readonly token: (resource: string) => Promise<string>;
};

/**
 * The groups of a principal, also through other groups: a role of a group is a role of its members too. Azure documents for
 * people alone that its own filter `assignedTo` follows groups.
 */
export const readGroups = async (access: GraphAccess, principalId: string): Promise<Fact<readonly Group[]>> => {
  try {
    const graph = createGraph({ endpoint: access.graph, token: await access.token(access.graph), send: access.send });
    const listed = await graph.list(`/servicePrincipals/${principalId}/transitiveMemberOf`);
    return present(
      listed.flatMap((one) => {
        const { data } = group.safeParse(one);
        return data ? [{ id: data.id, name: data.displayName ?? data.id }] : [];
      }),
    );
  } catch (error) {
    const why = error instanceof GraphRefusal ? '' : 'Microsoft Graph could not be asked: ';
    return unknown(`${why}${(error as Error).message}. A role that it has through a group is not seen.`);
  }
};
