import type { Notice } from '../../notifications/notice.ts';
import { toldCauses } from '../../remediation/diagnosis/root-causes.ts';
import { byKey } from '../../remediation/model/doors.ts';
import { keyOf } from '../../remediation/model/key-ref.ts';
import { answerBy, numberOf } from '../../remediation/plan/plan-number.ts';
import type { StepVerdict } from '../../remediation/policy/policy-types.ts';
import { downIn } from '../../remediation/policy/rejection.ts';
import type { Guardian } from '../guardian.ts';
import { rememberAsked, rewordAsked } from '../memory/remember-asked.ts';
import type { Assessed, RecordInput } from '../messages.ts';
import { aboutOf } from './about.ts';
import { harmTold } from './harm-told.ts';
import { standingChange } from './standing-change.ts';

const asksIn = ({ decision }: Assessed): boolean => decision.verdicts.some(({ verdict }) => verdict === 'ask');

/** What a note begins with is not said before it as well. */
const isInNotes = (sentence: string, { notes }: Assessed['decision']): boolean =>
  notes.some((note) => note.startsWith(sentence));

/** Of a step that is tried again, how its last try was refused: by itself it would read as if nothing stood in its way. */
const wordOn = (one: StepVerdict): string => {
  if (one.verdict !== 'run') return `${one.step.sentence} ${one.why}`;
  const isOwn = one.again !== undefined && one.step.dependsOn.length === 0;
  return isOwn ? `${one.step.sentence} It is tried again; the last try was refused: ${one.again}.` : one.step.sentence;
};

type SaidNo = {
  readonly planId: string;
  readonly name: string;
  readonly why: string;
  readonly down?: readonly string[];
};

const noesIn = ({ said }: Pick<Assessed, 'said'>): readonly SaidNo[] =>
  said.filter(({ kind }) => kind === 'rejected').map(({ detail }) => detail as SaidNo);

/** A no is told to all, also where the verdict is what it was. */
const rejectionsTold = (assessment: Pick<Assessed, 'said'>): readonly string[] =>
  noesIn(assessment).map(
    ({ planId, name, why }) =>
      `${name} has rejected the plan ${numberOf(planId)}: ${why}. Another approver may still approve it, and reminders go on.`,
  );

/** Whether a no is all that is new of what is asked, and stands: then it is asked since it was asked. */
const isRejectedOnly = ({ at, assessment }: RecordInput): boolean => {
  const { findings, plan } = assessment.decision;
  const down = downIn(findings, new Date(at));
  return noesIn(assessment).some(
    ({ planId, down: then = [] }) => planId === plan.planId && down.every((id) => then.includes(id)),
  );
};

/** How one answers, and the short number of the plan, which a person can read out. */
const howToAnswer = ({ decision }: Assessed): readonly string[] =>
  decision.verdicts.some(({ verdict }) => verdict === 'ask')
    ? [`It is asked as plan ${numberOf(decision.plan.planId)}: ${answerBy(decision.plan.planId)}.`]
    : [];

/** What of a consumer's scope a key's message is for, also where it harms nobody any more: whom the key is known to serve. */
const knownConsumers = async ({ store }: Guardian, keyId: string): Promise<readonly string[]> =>
  (await store.keyRows.read(keyId)).consumers?.consumers.map(({ id }) => id) ?? [];

/** The same sentences as those of the notice, by what they are: what is wrong, and what is done. */
const partsOf = (input: RecordInput): { readonly what: readonly string[]; readonly does: readonly string[] } => {
  const { keyId, assessment } = input;
  const { decision } = assessment;
  const wrong = decision.findings.map(({ sentence }) => sentence).filter((sentence) => !isInNotes(sentence, decision));
  const what = [...rejectionsTold(assessment), ...wrong];
  return {
    what: what.length > 0 ? what : [wellAgain(keyId)],
    does: [...decision.verdicts.map(wordOn), ...decision.notes],
  };
};

const noticeOf = (guardian: Guardian, input: RecordInput): Notice & { readonly at: string } => {
  const { keyId, at, assessment } = input;
  const { decision, incident } = assessment;
  const { planId, steps } = decision.plan;
  const change = standingChange(guardian, decision);
  return {
    keyId,
    at,
    verdict: decision.kind,
    ...(incident !== undefined && { incident }),
    ...(steps.length > 0 && { planId }),
    ...change,
    sentences: [
      ...rejectionsTold(assessment),
      ...decision.findings.map(({ sentence }) => sentence).filter((sentence) => !isInNotes(sentence, decision)),
      ...harmTold(input),
      ...decision.verdicts.map(wordOn),
      ...decision.notes,
      ...howToAnswer(assessment),
      ...(change ? [`What runs by itself runs under the standing change ${change.change}.`] : []),
    ],
  };
};

/** What a person has requested has no fault for its cause: then the key itself is. */
const causesOf = ({ keyId, assessment }: RecordInput): readonly string[] => {
  const causes = toldCauses(assessment.decision.findings, keyOf(keyId));
  return causes.length === 0 && asksIn(assessment) ? [`asked ${keyId}`] : causes;
};

/** Who suffers from what, as it is now. Returns what of the former causes is over for all. */
const enter = async (
  { store }: Guardian,
  input: RecordInput,
  causes: readonly string[],
): Promise<readonly string[]> => {
  const { keyId, assessment } = input;
  const asked = asksIn(assessment) ? { planId: assessment.decision.plan.planId } : {};
  for (const cause of causes) await store.toldCauses.join(cause, { keyId, ...asked });
  const over: string[] = [];
  for (const cause of new Set([...(assessment.toldBefore ?? []), `asked ${keyId}`]))
    if (!causes.includes(cause) && (await store.toldCauses.leave(cause, keyId))) over.push(cause);
  return over;
};

const claimAny = async ({ store }: Guardian, input: RecordInput, causes: readonly string[]): Promise<boolean> => {
  const { keyId, at, assessment } = input;
  let isFirst = false;
  // All of them are claimed: what this message tells no other key needs to tell.
  for (const cause of causes)
    isFirst = (await store.toldCauses.claim(cause, assessment.decision.kind, keyId, new Date(at))) || isFirst;
  return isFirst;
};

const MORE = `If other keys suffer from the same cause, they are not told of one by one: GET /api/reconciliations lists all ${byKey('GET', 'reconciliations')}.`;
const LAST = 'No key that was seen suffers from the same cause any more.';
/** A healthy verdict has no sentence of its own. */
const wellAgain = (keyId: string): string => `${keyId} is well again.`;

/** Whether a cause is one that other keys may share. */
const isShared = (causes: readonly string[], keyId: string): boolean => causes.some((cause) => !cause.includes(keyId));

/** What is said of the others, and what a message goes on with: the root causes that stand, and those that are over. */
type Word = { readonly said: readonly string[]; readonly causes: readonly string[]; readonly over: readonly string[] };

/** Whether this key is the one that tells, and what is to be said of the others. */
const wordOf = async (guardian: Guardian, input: RecordInput): Promise<Word | undefined> => {
  const { keyId, assessment } = input;
  const causes = causesOf(input);
  const over = await enter(guardian, input, causes);
  const isNo = rejectionsTold(assessment).length > 0;
  const word = (said: readonly string[]): Word => ({ said, causes, over });
  if (causes.length > 0) {
    const isTold = (await claimAny(guardian, input, causes)) || isNo;
    return isTold ? word(isShared(causes, keyId) ? [MORE] : []) : undefined;
  }
  const { closes, toldBefore = [] } = assessment;
  if (isNo) return word([]);
  const well = wellAgain(keyId);
  if (toldBefore.length === 0) return closes ? word([well]) : undefined;
  const ended = toldBefore.filter((cause) => over.includes(cause));
  return ended.length > 0 ? word([well, ...(isShared(ended, keyId) ? [LAST] : [])]) : undefined;
};

const lineOf = ({ keyId, verdict, sentences }: Notice): string => `${keyId}: ${verdict}. ${sentences.join(' ')}`;

/** The message with what is to be said of the others; none where another key tells it. */
const grouped = async (guardian: Guardian, input: RecordInput): Promise<Notice | undefined> => {
  const notice = noticeOf(guardian, input);
  const word = await wordOf(guardian, input);
  if (word === undefined) return undefined;
  const about = aboutOf(input, partsOf(input), await knownConsumers(guardian, input.keyId));
  const told = {
    ...notice,
    sentences: [...notice.sentences, ...word.said],
    causes: word.causes,
    over: word.over,
    about,
  };
  const remember = isRejectedOnly(input) ? rewordAsked : rememberAsked;
  if (asksIn(input.assessment)) await remember(guardian, told, causesOf(input));
  return told;
};

/**
 * Tells people of a changed verdict, and of a rejection: once for each root cause, however many keys suffer from it, and once when it is over for the
 * last of them. The log has every key. A key that is seen to be well for the first time is nothing to tell. What storage does
 * not answer fails no repair: it is told then, though others may have told it.
 */
export const tell = async (guardian: Guardian, input: RecordInput): Promise<void> => {
  const notice = noticeOf(guardian, input);
  if (!guardian.settings.hasWebhook) return guardian.notify(notice);
  const told = await grouped(guardian, input).catch(() => notice);
  if (told) return guardian.notify(told);
  guardian.log(lineOf(notice));
};
