import type { Target } from '../../azure/apply/target.ts';
import { present } from '../../remediation/model/facts.ts';
import { keyOf, parseKeyId } from '../../remediation/model/key-ref.ts';
import { cancelled, reread, rereadVersions } from '../../remediation/policy/recheck.ts';
import type { Step } from '../../remediation/steps/step.ts';
import type { Tagged } from '../../remediation/steps/tagged.ts';
import type { SeenLease } from '../../store/leases.ts';
import type { Guardian } from '../guardian.ts';
import type { StepRun, Written } from '../messages.ts';
import { readOutOfReach } from '../out-of-reach.ts';
import { readOtherKeysInVault, withOtherKeysInVault } from './other-keys-in-vault.ts';

/** ARM answers within 60 s or not at all (ARM RPC, "request timeout"). */
const WRITE_MS = 60_000;
/** With less time than this left no request is sent: Azure could not answer before the deadline. */
const LEAST_WRITE_MS = 5_000;

type Drift = Extract<Target, { kind: 'drift' }>;

/** The result of a target that shows no drift: the attempt ends without a write. */
const withoutWrite = (target: Exclude<Target, Drift>): Written => {
  if (target.kind === 'noDrift') return { kind: 'done', why: target.why, correlationIds: [] };
  if (target.kind === 'blocked') return { kind: 'blocked', why: target.why, correlationIds: [] };
  if (target.kind === 'changed') return { kind: 'cancelled', why: `It is assessed again: ${target.why}.` };
  return { kind: 'waiting', until: target.until, why: target.why };
};

/** A version that cannot be read forbids nothing: the step that restores access may be needed to read it. */
const readVersions = async ({ azure }: Guardian, kids: readonly string[]): Promise<readonly Tagged[]> => {
  const named = kids.flatMap((kid) => parseKeyId(kid) ?? []);
  const facts = await Promise.all(named.map(({ key, version = '' }) => azure.readKeyVersion(key, version)));
  return facts.flatMap((fact) => (fact.kind === 'present' ? [{ ...fact.value, name: fact.value.kid }] : []));
};

/**
 * The reason why a step is at a place where the product repairs no more, such as a subscription that was let go while the step
 * ran; `undefined` where there is none. The target must be in scope, and so must one of the consumers that the step serves. One
 * call to storage where management groups are followed: another worker may have let the subscription go.
 */
const whyOutOfScope = async (guardian: Guardian, { target, parameters, serves }: Step): Promise<string | undefined> => {
  const isOut = await readOutOfReach(guardian);
  const isArm = (id: string): boolean => id.startsWith('/');
  const vaultId = 'vaultId' in parameters ? parameters.vaultId : undefined;
  const written = [target, ...(isArm(target) || vaultId === undefined ? [] : [vaultId])].filter(isArm);
  const out = written.find(isOut) ?? (serves.every(isOut) ? serves[0] : undefined);
  return (
    out &&
    `${out} is out of scope now: its subscription was let go, or GUARDIAN_SCOPE leaves it out. Nothing more is written.`
  );
};

/**
 * Reads the target, whose tags may forbid the step, and then the overrides of people. Overrides come last because a read of
 * Azure may take long, and a pause must count until the end.
 */
const prepare = async (guardian: Guardian, { step, keyId, authority }: StepRun): Promise<Written | Drift> => {
  const outOfScope = await whyOutOfScope(guardian, step);
  if (outOfScope !== undefined) return { kind: 'cancelled', why: outOfScope };
  const target = await guardian.azure.readTarget(step);
  if (target.kind !== 'drift') return withoutWrite(target);
  const consumers = await guardian.azure.readTags(reread(step));
  const versions = await readVersions(guardian, rereadVersions(step));
  const tagged =
    consumers.kind === 'present' ? present([...target.tagged, ...versions, ...consumers.value]) : consumers;
  const otherKeysInVault = await readOtherKeysInVault(guardian, keyId, [step]);
  const now = new Date();
  const rows = await guardian.store.records.policyRecordsNow(keyId, now.toISOString(), now.toISOString());
  const records = withOtherKeysInVault(rows, otherKeysInVault);
  const { policy: settings } = guardian.settings;
  const { host } = keyOf(keyId);
  const why = cancelled(step, authority, { records, tagged, settings, host, now: new Date() });
  return why === undefined ? target : { kind: 'cancelled', why };
};

/**
 * Sends the write once, while the fence keeps other steps away. If the reads took so long that too little of the fence is
 * left, nothing is sent. When Azure does not answer, the result is unknown: this function throws, and the fence stays
 * until its deadline.
 */
const sendBefore = async (abortAt: number, target: Drift): Promise<Written> => {
  const now = Date.now();
  const left = abortAt - now;
  if (left >= LEAST_WRITE_MS) return target.send(AbortSignal.timeout(left));
  const until = new Date(now).toISOString();
  return { kind: 'waiting', until, why: 'reading took so long that its time to write was over' };
};

/**
 * Invariant `one-writer-per-target`: verify and renew the lease, fence it, read the target, check the overrides, send once,
 * clear the fence. While a fence stands no activity writes to this target, not even a second run of this same activity.
 */
export const writeStep = async (guardian: Guardian, run: StepRun & { lease: SeenLease }): Promise<Written> => {
  const { leases } = guardian.store;
  const { target } = run.step;
  const abortAt = Date.now() + WRITE_MS;
  const fencing = await leases.verifyAndFence(target, run.owner, new Date(abortAt).toISOString(), run.lease);
  if (fencing.kind === 'lost') return { kind: 'cancelled', why: `the lease of ${target} was lost` };
  if (fencing.kind === 'busy')
    return { kind: 'waiting', until: fencing.until, why: 'an earlier attempt may still arrive' };
  let prepared: Written | Drift;
  try {
    prepared = await prepare(guardian, run);
  } catch (error) {
    await leases.clearFence(fencing);
    throw error;
  }
  const written = prepared.kind === 'drift' ? await sendBefore(abortAt, prepared) : prepared;
  await leases.clearFence(fencing);
  return written;
};
