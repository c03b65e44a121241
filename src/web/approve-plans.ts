import type { Durable, Guardian } from '../loop/guardian.ts';
import { approveOne, readRequests, type Yes } from './approve-plan.ts';
import { manyApprovals } from './contract/approvals.ts';
import type { Door, DoorAnswer } from './door.ts';
import { readBody } from './parse-body.ts';
import type { RequestOfKey } from './requested-by.ts';

/**
 * How many plans are approved at once. Each look at a key takes time, and a hundred approvals must be answered before the caller
 * gives up.
 */
const AT_ONCE = 5;

type Answered = { readonly planId: string; readonly status: number; readonly answer: unknown };

/** The answer to a failure. */
type Failed = (error: unknown) => DoorAnswer;

type Means = { readonly failed: Failed; readonly readAll: () => Promise<readonly RequestOfKey[]> };

const approveEach = async (
  guardian: Guardian,
  durable: Durable,
  all: readonly Yes[],
  { failed, readAll }: Means,
): Promise<readonly Answered[]> => {
  const answered: Answered[] = [];
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const some = all.slice(start, start + AT_ONCE).map(async (yes): Promise<Answered> => {
      const { status, body } = await approveOne(guardian, durable, yes, readAll).catch(failed);
      return { planId: yes.named, status, answer: body };
    });
    answered.push(...(await Promise.all(some)));
  }
  return answered;
};

/**
 * POST: approves several plans, each by its whole id, and answers for each what its own route would. A plan that fails does not
 * stop the others.
 */
export const openApprovePlans =
  (failed: Failed): Door =>
  async (request, guardian, durable) => {
    const body = await readBody(request, manyApprovals);
    if (body.kind === 'refused') return body.answer;
    const { caller } = request;
    const all = body.value.map(({ planId, ...wishes }) => ({ ...wishes, named: planId, caller }));
    let requests: Promise<readonly RequestOfKey[]> | undefined;
    const readAll = () => {
      requests ??= readRequests(guardian);
      return requests;
    };
    return { status: 207, body: { value: await approveEach(guardian, durable, all, { failed, readAll }) } };
  };
