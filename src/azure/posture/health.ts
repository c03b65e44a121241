import { apiVersion } from '../../remediation/model/api-versions.ts';
import { type Fact, present, unknown } from '../../remediation/model/facts.ts';
import type { Connection } from '../connection/connection.ts';
import { readFact } from '../failure/read-fact.ts';

const HEALTH = 'Microsoft.ResourceHealth/availabilityStatuses';

type Status = { readonly properties?: { readonly availabilityState?: string } };

/** The present state of a resource in Resource Health: one ARM call. It is a late signal, and only confirms others. */
export const readResourceHealth = async ({ arm }: Connection, id: string): Promise<Fact<string>> => {
  const path = `${id}/providers/${HEALTH}/current`;
  const read = await readFact({ what: `the health of ${id}`, scope: id }, async () =>
    (await arm()).get(path, apiVersion(HEALTH)),
  );
  if (read.kind !== 'present') return read;
  const state = (read.value as Status).properties?.availabilityState;
  return state === undefined ? unknown('Resource Health states no availability') : present(state);
};
