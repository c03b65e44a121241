import { attemptsAt } from '../model/attempts-by.ts';
import type { ConsumerFacts } from '../model/facts.ts';
import type { Known } from '../model/known.ts';
import { ASSIGNED_BY_PLAN } from '../steps/step-kinds/grant-key-access.ts';

/**
 * Who this incident gave a consumer as its system-assigned identity, as the ledger's outcome of that step says it (invariant
 * `the-ledger-proves`): object id, lower-cased. `undefined` where nothing did, or nobody could read whom.
 */
export const assignedTo = ({ id }: Pick<ConsumerFacts, 'id'>, { attempts = [] }: Known): string | undefined =>
  attemptsAt(attempts, 'assignIdentity', id)
    .filter(({ outcome }) => outcome === 'done')
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .at(-1)?.assigned;

/** How a plan names whom it lets in: one whom it makes itself has no name before, and what was approved must stay approved. */
export const nameIn = (consumer: ConsumerFacts, principalId: string, known: Known): string =>
  consumer.identity?.kind !== 'user' && assignedTo(consumer, known) === principalId.toLowerCase()
    ? ASSIGNED_BY_PLAN
    : principalId;
