import type { Fact } from '../model/facts.ts';
import { parseKeyId } from '../model/key-ref.ts';
import type { PolicyRecords } from '../model/records.ts';
import type { Step } from '../steps/step.ts';
import { STEPS } from '../steps/steps.ts';
import type { Tagged } from '../steps/tagged.ts';
import { hasApproval } from './approval.ts';
import { isWeighty, markThatCounts, recordMark, tagMark } from './do-not-heal-mark.ts';
import { isNamed } from './named-reversal.ts';
import { pauseOf } from './policy-rules/paused.ts';
import type { Authority, PolicySettings } from './policy-types.ts';
import { rejectionSentence, unheardRejection } from './rejection.ts';
import { rememberedMark } from './remembered-marks.ts';

/**
 * The facts that the write activity has just read. `tagged`: the resources that the step touches, and the consumers that `reread`
 * names.
 */
export type JustRead = {
  readonly records: Fact<PolicyRecords>;
  readonly tagged: Fact<readonly Tagged[]>;
  readonly settings: Pick<PolicySettings, 'mode' | 'autoReverse' | 'doNotHealTag'>;
  /** Host of the vault of the key that the step is for. */
  readonly host: string;
  readonly now: Date;
};

/**
 * The consumers whose tags are read once more right before the write: those that the step gives access back to. An extension
 * gives nobody access, and a version may have too many consumers to read them all each time.
 */
export const reread = (step: Step): readonly string[] => (isWeighty(step) ? step.serves : []);

/** A step for a consumer that names no version reads only the current version; another one may be in use too. */
const namesNoVersion = ({ parameters }: Step): boolean =>
  'kid' in parameters && parseKeyId(parameters.kid)?.version === undefined;

const versionsTouched = ({ touches }: Step): readonly string[] =>
  touches.filter((id) => parseKeyId(id)?.version !== undefined);

/**
 * A grant reads one version of one consumer; it opens the key to all consumers with the same identity, which may use other
 * versions.
 */
const opensSeveral = (step: Step): boolean =>
  STEPS[step.kind].subject === 'principal' && versionsTouched(step).length > 1;

/** The key versions whose tags are read once more right before the write, as far as they can be read. */
export const rereadVersions = (step: Step): readonly string[] =>
  STEPS[step.kind].rereadsVersions || namesNoVersion(step) || opensSeveral(step) ? versionsTouched(step) : [];

/** Settings change with a restart, and a plan may be older than the restart. */
const modeForbids = (authority: Authority, { mode }: JustRead['settings']): string | undefined =>
  mode === 'observe' || (mode === 'approve' && authority.kind === 'policy') ? `The mode is ${mode} now.` : undefined;

/**
 * The setting GUARDIAN_AUTO_REVERSE is checked again too: once somebody has removed a step there, an older plan must not do it
 * without a question.
 */
const asksNow = (step: Step, authority: Authority, { settings, host }: JustRead): string | undefined =>
  authority.kind === 'policy' && step.risk === 'reversal' && !isNamed(step, settings, { host, own: step.touches })
    ? `GUARDIAN_AUTO_REVERSE does not name ${step.kind} here any more; it asks.`
    : undefined;

const doNotHeal = (
  step: Step,
  records: PolicyRecords,
  tagged: readonly Tagged[],
  { settings, now }: Pick<JustRead, 'settings' | 'now'>,
): string | undefined => {
  const served = step.serves.map((id) => recordMark([id], records, now));
  const tags = tagged.map(({ name, tags }) => tagMark(name, tags, settings.doNotHealTag));
  return (
    recordMark(step.touches, records, now) ??
    markThatCounts(step, served) ??
    tags.find((mark) => mark !== undefined) ??
    rememberedMark(step, records, settings.doNotHealTag, now)
  );
};

/**
 * A rejection that came after the decision that the step runs. A rejection that had ended before the decision was known to it,
 * and a later approval overrides a rejection.
 */
const rejectedNow = (step: Step, authority: Authority, records: PolicyRecords, now: Date): string | undefined => {
  if (authority.kind === 'approval' && hasApproval(step, records, now)) return undefined;
  const unheard = unheardRejection(step, records, authority.kind === 'policy' ? (authority.heard ?? []) : []);
  return unheard && `${rejectionSentence(unheard)} It asks again.`;
};

/**
 * Why a step with the verdict `run` may not be written any more, in a sentence; `undefined` where it may. The write activity asks
 * right before it sends: the answer can cancel the write, never change it (invariant `fail-closed`).
 */
export const cancelled = (step: Step, authority: Authority, read: JustRead): string | undefined => {
  const { records, settings, tagged, now } = read;
  if (records.kind !== 'present') return 'The records that could forbid it could not be read.';
  if (tagged.kind !== 'present') return 'The tags that could forbid it could not be read.';
  return (
    modeForbids(authority, settings) ??
    pauseOf(step, records.value, now) ??
    doNotHeal(step, records.value, tagged.value, read) ??
    asksNow(step, authority, read) ??
    rejectedNow(step, authority, records.value, now) ??
    (authority.kind === 'approval' && !hasApproval(step, records.value, now)
      ? 'Its approval expired or was used up; it asks again.'
      : undefined)
  );
};
