import { randomUUID } from 'node:crypto';
import type * as z from 'zod/mini';
import type { Guardian } from '../loop/guardian.ts';
import { PRODUCT_CHAIN } from '../loop/record.ts';
import type { Followed, Release } from '../remediation/protocol/followed.ts';
import { type Answer, answerEntry } from '../remediation/protocol/missing-answers.ts';
import { signature } from './callers.ts';
import { missingAnswer } from './contract/subscriptions.ts';
import { type Door, type DoorAnswer, refusal } from './door.ts';
import { readBody } from './parse-body.ts';

type Named = z.infer<typeof missingAnswer.schema>['subscriptions'];

const asReleases = (named: Named): readonly Release[] =>
  named.map(({ id, since }) => ({ id: (id.split('/')[2] ?? '').toLowerCase(), since }));

const SHOWN = 5;

/** Why a subscription is not what the answer is about; nothing where it is. */
const whyNot = ({ subscriptions }: Followed, { id, since }: Release): readonly string[] => {
  const { missing } = subscriptions.find((one) => one.id === id) ?? {};
  const name = `/subscriptions/${id}`;
  if (missing === undefined) return [`${name} is not missing`];
  if (missing.since !== since) return [`${name} is missing since ${missing.since}`];
  return missing.asked ? [] : [`nobody was asked of ${name} yet`];
};

const notAsNamed = (wrong: readonly string[]): DoorAnswer => {
  const more = wrong.length > SHOWN ? ` and ${wrong.length - SHOWN} more` : '';
  return refusal(
    409,
    'NotAsNamed',
    `Nothing was entered: ${wrong.slice(0, SHOWN).join('; ')}${more}. GET /api/subscriptions?missing=true shows those of which a person is asked; name what you have seen there.`,
  );
};

/** An entry in a chain that is not whole does not count, and the person who answers would think that it did. */
const whyBroken = async ({ store }: Guardian): Promise<DoorAnswer | undefined> => {
  const believed = await store.ledger.believe(PRODUCT_CHAIN);
  return believed.kind === 'whole'
    ? undefined
    : refusal(
        409,
        'LedgerBroken',
        `The chain 'product' is broken at row ${believed.seq} (${believed.fault}): no answer in it counts. Exclude what may go by ! in GUARDIAN_SCOPE.`,
      );
};

const answering =
  (answer: Answer): Door =>
  async (request, guardian) => {
    const body = await readBody(request, missingAnswer);
    if (body.kind === 'refused') return body.answer;
    const named = asReleases(body.value.subscriptions);
    const { followed } = await guardian.store.followed.read();
    const wrong = named.flatMap((one) => whyNot(followed, one));
    if (wrong.length > 0) return notAsNamed(wrong);
    const broken = await whyBroken(guardian);
    if (broken) return broken;
    const said = { answer, by: signature(request.caller), why: body.value.why, at: new Date().toISOString() };
    const { ledger } = guardian.store;
    const entry = answerEntry(named, { entry: randomUUID(), ...said });
    await ledger.append(PRODUCT_CHAIN, await ledger.head(PRODUCT_CHAIN), [entry]);
    const subscriptions = named.map(({ id, since }) => ({ id: `/subscriptions/${id}`, since }));
    return { status: 202, body: { ...said, subscriptions } };
  };

/**
 * POST: a person with the role Approver says that these subscriptions may go, of which the product has asked. Each is named with
 * the time since when it is missing: of one that was back in between, or of which nobody was asked, nothing is said, and 409
 * enters none of them. The next sweep asks Azure once more, and lets go what is still missing.
 */
export const releaseSubscriptions: Door = answering('letGo');

/** POST: the same person, or another one, says that they may not go. That takes back what was said before. */
export const keepSubscriptions: Door = answering('keep');
