import { attemptsOf } from '../../model/attempts-by.ts';
import { command } from '../../model/command.ts';
import { addDuration } from '../../model/duration.ts';
import type { KeyVersionFacts } from '../../model/facts.ts';
import { keyId, vaultName } from '../../model/key-ref.ts';
import { profileOf } from '../../model/profiles.ts';
import { type ExtensionTerms, newExpiry } from '../../observation/extend-expiry.ts';
import { materialOf } from '../../observation/material.ts';
import { newerVersion } from '../../observation/newer-version.ts';
import { type ReadPin, readPins } from '../../observation/pins.ts';
import { vaultIdentity } from '../../observation/vault-identity.ts';
import { followsKey } from '../../observation/versions-in-use.ts';
import { stepIdOf } from '../../steps/make-step.ts';
import type { Seen } from '../../steps/step.ts';
import type { StepSpec } from '../../steps/steps.ts';
import { wasExpirySet } from '../../trust/set-expiry.ts';
import { both, instruct, offer, type Remedy, type RemedyContext, type RemedyOffer, steps } from '../remedy.ts';

/**
 * While the fuse is blown, a version that expires within a day is extended by a week: long enough for a person to look for the
 * cause.
 */
const URGENT = 'P1D';
const WEEK = 'P7D';

const shorter = (one: string, other: string, from: Date): string =>
  addDuration(from, one) < addDuration(from, other) ? one : other;

/**
 * The terms of an extension. They are short where the fuse is blown and the expiry is urgent: the full extension follows when
 * nothing points to a systemic cause any more.
 */
const termsFor = ({ facts }: ReadPin, { isPaced, known, observation, settings }: RemedyContext): ExtensionTerms => {
  const { extension: period, maximumKeyAge: maximumAge, nearExpiry: threshold } = settings;
  const now = new Date(observation.observedAt);
  const isUrgent = facts.expiresOn !== undefined && new Date(facts.expiresOn) <= addDuration(now, URGENT);
  if (!isPaced || !isUrgent || wasExpirySet(facts, known)) return { period, maximumAge, threshold };
  return { period: shorter(WEEK, period, now), maximumAge, threshold: shorter(URGENT, threshold, now) };
};

/**
 * The same version stays valid for longer. The product asks only where somebody has set the expiry to end the version. Where an
 * extension is not allowed any more, the consumers move to a newer version.
 */
export const extend: Remedy = (finding, context) => {
  const { observation, known } = context;
  const pin = readPins(observation).find(({ kid }) => kid === finding.target);
  if (pin === undefined) return instruct();
  const limits = termsFor(pin, context);
  const expiry = newExpiry(pin.facts, limits, new Date(observation.observedAt));
  if (expiry.kind === 'blocked') return moveOn(pin, context) ?? instruct(`Not extended: ${expiry.why}`);
  if (expiry.kind === 'noDrift') return moveOn(pin, context) ?? instruct(replace(pin.kid));
  const { key } = observation;
  const spec: StepSpec = {
    kind: 'extendKeyExpiry',
    target: keyId(key),
    parameters: {
      ...vaultIdentity(observation, known),
      ...materialOf(pin.version, { observation, known }),
      key,
      version: pin.version,
      ...limits,
    },
  };
  const risk = wasExpirySet(pin.facts, known) ? ({ risk: 'reversal' } as const) : {};
  const extension = offer({ spec, ...seenOf(pin.facts), ...risk });
  return wasForbidden(spec, context) ? both(extension, goOn(pin, context)) : extension;
};

/**
 * Whether Azure refused the extension until a person changes something, for example a policy. The product goes on trying the
 * extension, beside the other remedy.
 */
const wasForbidden = (spec: StepSpec, { attempts }: RemedyContext): boolean =>
  attemptsOf(attempts, stepIdOf(spec)).some(({ cure, outcome }) => outcome === 'blocked' && cure === 'change');

const ASKS =
  'Azure does not let its own version be extended: say yes if it is to go on with the newer one, or have changed what forbids it.';

/**
 * Moves the consumers that pin this version to the newer version, where there is one that can be used. A person must approve
 * that. Where there is no such version, an instruction says how to make one.
 */
const goOn = (pin: ReadPin, context: RemedyContext): RemedyOffer => {
  const moved = moveOn(pin, context);
  if (moved) return { ...moved, steps: moved.steps.map((one) => ({ ...one, asks: ASKS })) };
  const { key } = context.observation;
  const make = command('az keyvault key rotate', { 'vault-name': vaultName(key), name: key.name });
  return instruct(
    `Azure does not let ${pin.kid} be extended, and there is no newer version to go on with: have changed what forbids it, or make a version that is allowed, ${make}, and point the servers at it before this one expires.`,
  );
};

const seenOf = ({ expiresOn, updatedOn }: KeyVersionFacts): { readonly seen?: Seen } =>
  expiresOn === undefined ? {} : { seen: { expiresOn, ...(updatedOn !== undefined && { updatedOn }) } };

/**
 * Points the consumers of a version at the current one, where that is newer and can be used. Consumers that name no version are
 * left out: they move to it by themselves.
 */
const moveOn = (
  pin: ReadPin,
  { observation, known }: Pick<RemedyContext, 'observation' | 'known'>,
): RemedyOffer | undefined => {
  const vault = vaultIdentity(observation, known);
  const newer = newerVersion(pin.facts, observation, new Date(observation.observedAt));
  const specs = pin.consumers
    .filter((one) => one.use !== 'previous' && profileOf(one.kind).mayBeRepointed && !followsKey(one))
    .map(
      ({ id, kind: consumerKind, pinned: { kid } }): StepSpec => ({
        kind: 'repointConsumer',
        target: id.toLowerCase(),
        parameters: { ...vault, consumerKind, kid, newKid: newer?.kid ?? kid },
      }),
    );
  return newer === undefined || specs.length === 0 ? undefined : steps(...specs);
};

/** Done only on request, since the old version still works. */
export const repoint: Remedy = ({ target }, context) => {
  const pin = readPins(context.observation).find(({ kid }) => kid === target);
  return (pin && moveOn(pin, context)) ?? instruct();
};

const replace = (kid: string): string =>
  `${kid} has reached the greatest age that is allowed; create a new version and point the servers at it before it expires.`;
