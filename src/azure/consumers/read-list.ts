import type { Fact } from '../../remediation/model/facts.ts';
import { toFailure } from '../failure/failure.ts';
import { readFact } from '../failure/read-fact.ts';

/**
 * The code with which Resource Manager says that a subscription has not registered a provider. It can hold none of its
 * resources then: one that holds some cannot be unregistered ("Azure resource providers and types").
 */
const UNREGISTERED = 'missingsubscriptionregistration';

/** A list of all resources of one kind in a scope. `kind` begins a sentence: `the MySQL single servers`. */
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
