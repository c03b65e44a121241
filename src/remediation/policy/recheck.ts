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

/** What the write activity has just read. `tagged`: what the step touches, and the consumers that `reread` names. */
export type JustRead = {
  readonly records: Fact<PolicyRecords>;
  readonly tagged: Fact<readonly Tagged[]>;
  readonly settings: Pick<PolicySettings, 'mode' | 'autoReverse' | 'doNotHealTag'>;
  /** Of the key that the step is for. */
  readonly host: string;
  readonly now: Date;
};

/**
 * The consumers whose tags are read once more right before the write: those that it gives access back to. Extending a
 * version gives nobody access, and a version may have too many consumers to read them all each time.
 */
export const reread = (step: Step): readonly string[] => (isWeighty(step) ? step.serves : []);

/** A step for a consumer that names no version reads the current one alone; another may be in use beside it. */
const namesNoVersion = ({ parameters }: Step): boolean =>
  'kid' in parameters && parseKeyId(parameters.kid)?.version === undefined;

const versionsTouched = ({ touches }: Step): readonly string[] =>
  touches.filter((id) => parseKeyId(id)?.version !== undefined);

/** A grant reads one version of one consumer alone; it opens the key to all who use it as the same identity. */
const opensSeveral = (step: Step): boolean =>
  STEPS[step.kind].subject === 'principal' && versionsTouched(step).length > 1;

/** The key versions whose tags are read once more right before the write, so far as they can be. */
export const rereadVersions = (step: Step): readonly string[] =>
  STEPS[step.kind].rereadsVersions || namesNoVersion(step) || opensSeveral(step) ? versionsTouched(step) : [];

/** Settings change by a restart, which a plan outlives. */
const modeForbids = (authority: Authority, { mode }: JustRead['settings']): string | undefined =>
  mode === 'observe' || (mode === 'approve' && authority.kind === 'policy') ? `The mode is ${mode} now.` : undefined;

/** The same of what may be undone unasked: whoever takes that back must not have it undone by a plan of before. */
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

/** A no that came after it was decided. One that had ended by then has been heard; what was approved after it is not stopped by it. */
const rejectedNow = (step: Step, authority: Authority, records: PolicyRecords, now: Date): string | undefined => {
  if (authority.kind === 'approval' && hasApproval(step, records, now)) return undefined;
  const unheard = unheardRejection(step, records, authority.kind === 'policy' ? (authority.heard ?? []) : []);
  return unheard && `${rejectionSentence(unheard)} It asks again.`;
};

/**
 * Why a step that policy let run may not be written any more, in a sentence; `undefined` when it may. For the write
 * activity, right before it sends: it can cancel the write, never change it.
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
