import { keyId } from '../../model/key-ref.ts';
import { profileOf } from '../../model/profiles.ts';
import { newExpiry } from '../../observation/extend-expiry.ts';
import { newerVersion } from '../../observation/newer-version.ts';
import { type ReadPin, readPins } from '../../observation/pins.ts';
import { followsKey } from '../../observation/versions-in-use.ts';
import type { StepSpec } from '../../steps/steps.ts';
import { instruct, type Remedy, type RemedyContext, type RemedyOffer, steps } from '../remedy.ts';

/** The same version stays valid for longer; where that is not allowed any more, its consumers go on with a newer one. */
export const extend: Remedy = (finding, { observation, settings }) => {
  const pin = readPins(observation).find(({ kid }) => kid === finding.target);
  if (pin === undefined) return instruct();
  const limits = { period: settings.extension, maximumAge: settings.maximumKeyAge, threshold: settings.nearExpiry };
  const expiry = newExpiry(pin.facts, limits, new Date(observation.observedAt));
  if (expiry.kind === 'blocked') return moveOn(pin, observation) ?? instruct(`Not extended: ${expiry.why}`);
  if (expiry.kind === 'noDrift') return moveOn(pin, observation) ?? instruct(replace(pin.kid));
  const { key } = observation;
  return steps({
    kind: 'extendKeyExpiry',
    target: keyId(key),
    parameters: { key, version: pin.version, ...limits },
  });
};

/**
 * Points the consumers of a version at the current one, where that is newer and can be used. Who names no version goes over
 * to it by itself.
 */
export const moveOn = (pin: ReadPin, observation: RemedyContext['observation']): RemedyOffer | undefined => {
  const newer = newerVersion(pin.facts, observation, new Date(observation.observedAt));
  const specs = pin.consumers
    .filter((one) => one.use !== 'previous' && profileOf(one.kind).mayBeRepointed && !followsKey(one))
    .map(
      ({ id, kind: consumerKind, pinned: { kid } }): StepSpec => ({
        kind: 'repointConsumer',
        target: id.toLowerCase(),
        parameters: { consumerKind, kid, newKid: newer?.kid ?? kid },
      }),
    );
  return newer === undefined || specs.length === 0 ? undefined : steps(...specs);
};

/** On request only: the old version still serves. */
export const repoint: Remedy = ({ target }, { observation }) => {
  const pin = readPins(observation).find(({ kid }) => kid === target);
  return (pin && moveOn(pin, observation)) ?? instruct();
};

const replace = (kid: string): string =>
  `${kid} has reached the greatest age that is allowed; create a new version and point the servers at it before it expires.`;
