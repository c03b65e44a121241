import { attemptsAt } from '../model/attempts-by.ts';
import type { ConsumerFacts } from '../model/facts.ts';
import type { Known } from '../model/known.ts';
import { ASSIGNED_BY_PLAN } from '../steps/step-kinds/grant-key-access.ts';

/**
 * The principal of the system-assigned identity that this incident gave a consumer, from the ledger's outcome of that step
 * (invariant `the-ledger-proves`): object id, lower-cased. `undefined` where no step did, or where the principal could not be
 * read.
 */
export const assignedTo = ({ id }: Pick<ConsumerFacts, 'id'>, { attempts = [] }: Known): string | undefined =>
  attemptsAt(attempts, 'assignIdentity', id)
    .filter(({ outcome }) => outcome === 'done')
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))
    .at(-1)?.assigned;

/**
 * How a plan names the principal of a grant. An identity that the plan makes has no id before, and the approval of the grant must
 * hold after it has one: so its name stays the same.
 */
export const nameIn = (consumer: ConsumerFacts, principalId: string, known: Known): string =>
  consumer.identity?.kind !== 'user' && assignedTo(consumer, known) === principalId.toLowerCase()
    ? ASSIGNED_BY_PLAN
    : principalId;
