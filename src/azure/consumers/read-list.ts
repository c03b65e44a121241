import type { Fact } from '../../remediation/model/facts.ts';
import { toFailure } from '../failure/failure.ts';
import { readFact } from '../failure/read-fact.ts';

/**
 * The code by which Resource Manager says that a subscription has not registered a provider. Such a subscription has no
 * resources of the provider: a provider with resources cannot be unregistered ("Azure resource providers and types").
 */
const UNREGISTERED = 'missingsubscriptionregistration';

/** Lists all resources of one kind in a scope. `kind` begins a sentence: `the MySQL single servers`. */
export const readList = <T>(
  kind: string,
  { id: scope }: { readonly id: string },
  read: () => Promise<readonly T[]>,
): Promise<Fact<readonly T[]>> =>
  readFact({ what: `${kind} of ${scope}`, scope }, () =>
    read().catch((error: unknown) => {
      if (toFailure(error).code.toLowerCase() === UNREGISTERED) return [];
      throw error;
    }),
  );
