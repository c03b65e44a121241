import { endOf, inForce } from '../remediation/model/in-force.ts';
import type { Pause } from '../store/overrides.ts';
import { type Caller, mayLift } from './callers.ts';
import { whyLifted } from './contract/overrides.ts';
import { type DoorAnswer, type DoorRequest, refusal } from './door.ts';
import { type ParsedBody, parseBody, shownIn } from './parse-body.ts';

/** Refuses an override whose end has passed: it would have no effect, and its sender would think it had. */
export const hasPassed = ({ until: end }: { readonly until?: string | undefined }): DoorAnswer | undefined =>
  inForce(end, new Date())
    ? undefined
    : refusal(400, 'BadRequest', `until: ${end} has passed. Send a time that lies ahead, or none.`);

/** The existing overrides that would still hold after this one has ended. */
export const outlasting = <Override extends Pause>(
  given: readonly Override[],
  { until: end }: Pause,
): readonly Override[] => given.filter((one) => inForce(one.until, new Date()) && endOf(one) > endOf({ until: end }));

const inWords = ({ by, why, until: end }: Pause): string => `${by} (${why}), ${end ?? 'without an end'}`;

/**
 * Refuses an override that ends before an existing one, from a caller who may not lift overrides: such a caller may add
 * overrides, but must not seem to have shortened one. The existing override keeps its reason and its end.
 */
export const shortens = (caller: Caller, longer: readonly Pause[]): DoorAnswer | undefined => {
  const [first] = longer;
  if (first === undefined || mayLift(caller)) return undefined;
  const message = `It would end before an override that stands: that of ${inWords(first)}. Leave until out, or name a later time, to give an override beside it; to shorten it takes a person with the app role Approver, or where nobody approves, DELETE below /api/keyed with the master key.`;
  return refusal(403, 'WouldShorten', message);
};

type Lifting = DoorRequest<{ readonly why?: string | undefined }>;

/** Why an override is lifted. It may be in the query, since a DELETE may lose its body on the way, or in the body. */
const whyOf = async (request: Lifting): Promise<ParsedBody<string>> => {
  const { why } = request.query;
  if (why !== undefined) return { kind: 'value', value: why };
  const sent = await request.readBody();
  if (sent.kind === 'refused') return sent;
  const parsed = parseBody(whyLifted.schema, sent.value, `${shownIn(whyLifted)}, or add ?why=the%20audit%20is%20over`);
  return parsed.kind === 'refused' ? parsed : { kind: 'value', value: parsed.value.why };
};

/** Lifts an override with the reason that the caller gives. */
export const lifting = async (
  request: Lifting,
  take: (by: Caller, why: string) => Promise<DoorAnswer>,
): Promise<DoorAnswer> => {
  const why = await whyOf(request);
  return why.kind === 'refused' ? why.answer : take(request.caller, why.value);
};
