import { newExpiry } from '../extend-expiry.ts';
import { keyId } from '../key-ref.ts';
import { pinsOf } from '../pins.ts';
import { instruct, type Remedy, steps } from '../remedy.ts';

/** The same version stays valid for longer; where that is not allowed any more, a new version has to be made. */
export const extend: Remedy = (finding, { observation, settings }) => {
  const pin = pinsOf(observation).find(({ kid }) => kid === finding.target);
  if (pin?.fact.kind !== 'present') return instruct();
  const limits = { period: settings.extension, maximumAge: settings.maximumKeyAge, threshold: settings.nearExpiry };
  const expiry = newExpiry(pin.fact.value, limits, new Date(observation.observedAt));
  if (expiry.kind === 'blocked') return instruct(`Not extended: ${expiry.why}`);
  if (expiry.kind === 'noDrift') return instruct(replace(pin.kid));
  const { key } = observation;
  return steps({
    kind: 'extendKeyExpiry',
    target: keyId(key),
    parameters: { key, version: pin.version, ...limits },
  });
};

const replace = (kid: string): string =>
  `${kid} has reached the greatest age that is allowed; create a new version and point the servers at it before it expires.`;
