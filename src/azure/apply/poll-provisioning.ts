import type { Connection } from '../connection/connection.ts';
import { explain } from '../failure/advice.ts';
import { toFailure } from '../failure/failure.ts';
import type { Polled } from './poll-operation.ts';
import { soon } from './read-vault.ts';
import type { Provisioning } from './target.ts';

type Provisioned = { readonly properties?: { readonly provisioningState?: string } };

/** Lower-cased. A resource that states no provisioning state counts as finished. */
export const provisioningStateOf = (resource: unknown): string =>
  ((resource as Provisioned | undefined)?.properties?.provisioningState ?? 'succeeded').toLowerCase();

/** Reads once whether Azure has finished the resource, by the resource's own state. A failed read says nothing. */
export const pollProvisioning = async (
  { arm }: Connection,
  { correlationIds, provisions }: Provisioning,
): Promise<Polled> => {
  const { apiVersion, path } = provisions;
  try {
    const state = provisioningStateOf(await (await arm()).get(path, apiVersion));
    const why = `${path} is ${state}`;
    if (state === 'succeeded') return { kind: 'done', why, correlationIds };
    if (state === 'failed' || state === 'canceled') return { kind: 'blocked', why, correlationIds };
    return { kind: 'waiting', until: soon(), why };
  } catch (error) {
    return { kind: 'waiting', until: soon(), why: explain(toFailure(error), { what: path, scope: path }) };
  }
};
