import type { Notice } from '../../notifications/notice.ts';
import { toldCauses } from '../../remediation/diagnosis/root-causes.ts';
import { keyOf } from '../../remediation/model/key-ref.ts';
import { answerBy, numberOf } from '../../remediation/plan/plan-number.ts';
import type { StepVerdict } from '../../remediation/policy/policy-types.ts';
import { downIn } from '../../remediation/policy/rejection.ts';
import type { Guardian } from '../guardian.ts';
import { rememberAsked, rewordAsked } from '../memory/remember-asked.ts';
import type { Assessed, RecordInput } from '../messages.ts';
import { aboutOf } from './about.ts';
import { impactTold } from './impact-told.ts';
import { whyLetGo } from './ledger-entries.ts';
import { standingChange } from './standing-change.ts';

const asksIn = ({ decision }: Assessed): boolean => decision.verdicts.some(({ verdict }) => verdict === 'ask');

/** A sentence with which a note begins is not said twice. */
const isInNotes = (sentence: string, { notes }: Assessed['decision']): boolean =>
  notes.some((note) => note.startsWith(sentence));

/**
 * The sentence of a step. For a step that is tried again it adds the last refusal: without it the step would seem to
 * have no obstacle.
 */
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

/** Every rejection is told, also where the verdict is unchanged. */
const rejectionsTold = (assessment: Pick<Assessed, 'said'>): readonly string[] =>
  noesIn(assessment).map(
    ({ planId, name, why }) =>
      `${name} has rejected the plan ${numberOf(planId)}: ${why}. Another approver may still approve it, and reminders go on.`,
  );

/** Whether a valid rejection is the only news about the asked plan: then the plan keeps the time when it was first asked. */
const isRejectedOnly = ({ at, assessment }: RecordInput): boolean => {
  const { findings, plan } = assessment.decision;
  const down = downIn(findings, new Date(at));
  return noesIn(assessment).some(
    ({ planId, down: then = [] }) => planId === plan.planId && down.every((id) => then.includes(id)),
  );
};

/** How a person answers, with the short number of the plan, which can be read aloud. */
const howToAnswer = ({ decision }: Assessed): readonly string[] =>
  decision.verdicts.some(({ verdict }) => verdict === 'ask')
    ? [`It is asked as plan ${numberOf(decision.plan.planId)}: ${answerBy(decision.plan.planId)}.`]
    : [];

/**
 * The recorded consumers of a key. A target for the scope of a consumer gets the message of that key also where the
 * consumer is no longer affected.
 */
const knownConsumers = async ({ store }: Guardian, keyId: string): Promise<readonly string[]> =>
  (await store.keyRows.read(keyId)).consumers?.consumers.map(({ id }) => id) ?? [];

/** The sentences of the notice in two groups: what is wrong, and what is done. */
const partsOf = (input: RecordInput): { readonly what: readonly string[]; readonly does: readonly string[] } => {
  const { keyId, assessment } = input;
  const { decision } = assessment;
  const wrong = decision.findings.map(({ sentence }) => sentence).filter((sentence) => !isInNotes(sentence, decision));
  const what = [...rejectionsTold(assessment), ...wrong];
  return {
    what: what.length > 0 ? what : [endOf(keyId, assessment)],
    does: [...decision.verdicts.map(wordOn), ...decision.notes],
  };
};

const noticeOf = (guardian: Guardian, input: RecordInput): Notice & { readonly at: string } => {
  const { keyId, at, assessment } = input;
  const { closes, decision, incident, letGo } = assessment;
  const { planId, steps } = decision.plan;
  const change = standingChange(guardian, decision);
  return {
    keyId,
    at,
    verdict: decision.kind,
    ...(incident !== undefined && { incident }),
    ...(steps.length > 0 && { planId }),
    ...change,
    ...(closes && letGo && { letGo }),
    sentences: [
      ...rejectionsTold(assessment),
      ...decision.findings.map(({ sentence }) => sentence).filter((sentence) => !isInNotes(sentence, decision)),
      ...impactTold(input),
      ...decision.verdicts.map(wordOn),
      ...decision.notes,
      ...howToAnswer(assessment),
      ...(change ? [`What runs by itself runs under the standing change ${change.change}.`] : []),
    ],
  };
};

/** A step that a person has requested has no fault as its cause: then the key itself is the cause. */
const causesOf = ({ keyId, assessment }: RecordInput): readonly string[] => {
  const causes = toldCauses(assessment.decision.findings, keyOf(keyId));
  return causes.length === 0 && asksIn(assessment) ? [`asked ${keyId}`] : causes;
};

/** Records that this key suffers from these causes now. Returns its former causes that no key suffers from any more. */
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
  // Every cause is claimed: this message tells them all, so no other key tells them again.
  for (const cause of causes)
    isFirst = (await store.toldCauses.claim(cause, assessment.decision.kind, keyId, new Date(at))) || isFirst;
  return isFirst;
};

const MORE =
  'If other keys suffer from the same cause, they are not told of one by one: cmk-guardian status lists all.';
const LAST = 'No key that was seen suffers from the same cause any more.';
/** A healthy verdict has no sentence of its own. */
const endOf = (keyId: string, { letGo }: Pick<Assessed, 'letGo'>): string =>
  letGo ? whyLetGo(letGo) : `${keyId} is well again.`;

/** Whether a cause is one that other keys may share. */
const isShared = (causes: readonly string[], keyId: string): boolean => causes.some((cause) => !cause.includes(keyId));

/** `said`: the sentence about other keys. `causes`: the root causes that stand. `over`: those that have ended. */
type Word = { readonly said: readonly string[]; readonly causes: readonly string[]; readonly over: readonly string[] };

/**
 * Decides whether this key sends the message for its causes, and what the message says about other keys; `undefined`
 * where this key sends none.
 */
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
  const well = endOf(keyId, assessment);
  if (toldBefore.length === 0) return closes ? word([well]) : undefined;
  const ended = toldBefore.filter((cause) => over.includes(cause));
  return ended.length > 0 ? word([well, ...(isShared(ended, keyId) ? [LAST] : [])]) : undefined;
};

const lineOf = ({ keyId, verdict, sentences }: Notice): string => `${keyId}: ${verdict}. ${sentences.join(' ')}`;

/** The message with the sentence about other keys; `undefined` where another key sends it. */
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
 * Tells people of a changed verdict and of a rejection: once for each root cause, however many keys suffer from it, and
 * once when it is over for the last of them. The log has every key. A key that is healthy when it is first seen is not
 * told. If storage fails, the repair goes on and the message is sent, even if another key has sent it already.
 */
export const tell = async (guardian: Guardian, input: RecordInput): Promise<void> => {
  const notice = noticeOf(guardian, input);
  if (!guardian.settings.hasWebhook) return guardian.notify(notice);
  const told = await grouped(guardian, input).catch(() => notice);
  if (told) return guardian.notify(told);
  guardian.log(lineOf(notice));
};
