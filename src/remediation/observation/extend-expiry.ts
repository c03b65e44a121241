import { addDuration, durationInWords } from '../model/duration.ts';
import type { KeyVersionFacts } from '../model/facts.ts';

/** ISO 8601 durations. */
export type ExtensionTerms = {
  /** The new validity, counted from the write. */
  readonly period: string;
  /** The age that no version may exceed, counted from its creation. */
  readonly maximumAge: string;
  /** A version that expires later than this needs no extension ("no drift"). */
  readonly threshold: string;
};

/** `noDrift`: nothing (more) to write. `set`: the expiry to write, in whole seconds as Key Vault stores it. */
export type NewExpiry =
  | { readonly kind: 'noDrift' }
  | { readonly kind: 'set'; readonly expiresOn: Date }
  | { readonly kind: 'blocked'; readonly why: string };

/** `@azure/keyvault-keys` writes the expiry as a 32-bit number of seconds, which ends in January 2038. */
export const LATEST_EXPIRY = new Date('2038-01-18T23:59:59Z');

/**
 * The expiry that an extension would write on this version now. It is one period from now, but never later than the maximum age
 * of the version or `LATEST_EXPIRY`, and never earlier than the present expiry. A disabled version is never extended.
 */
export const newExpiry = (
  version: Pick<KeyVersionFacts, 'kid' | 'enabled' | 'createdOn' | 'expiresOn'>,
  parameters: ExtensionTerms,
  now: Date,
): NewExpiry => {
  if (version.expiresOn === undefined) return { kind: 'noDrift' };
  const expiresOn = new Date(version.expiresOn);
  const near = addDuration(now, parameters.threshold);
  if (expiresOn > near) return { kind: 'noDrift' };
  const blocked = obstacle(version, parameters, now);
  if (blocked !== undefined) return { kind: 'blocked', why: blocked };
  const ceiling = latestAllowed(version, parameters);
  const wanted = earliest(wholeSeconds(addDuration(now, parameters.period)), ceiling);
  if (wanted > expiresOn && wanted > now) return { kind: 'set', expiresOn: wanted };
  return expiresOn > now ? { kind: 'noDrift' } : { kind: 'blocked', why: tooOld(version.kid, ceiling) };
};

const obstacle = (
  version: Pick<KeyVersionFacts, 'kid' | 'enabled'>,
  { period, threshold }: Pick<ExtensionTerms, 'period' | 'threshold'>,
  now: Date,
): string | undefined => {
  if (!version.enabled) return `${version.kid} is disabled; enable it first, if it was not disabled on purpose.`;
  if (addDuration(now, period) > addDuration(now, threshold)) return undefined;
  return `The extension (${durationInWords(period)}) is not longer than the time before expiry at which it is made (${durationInWords(threshold)}); set a longer one.`;
};

const latestAllowed = (version: Pick<KeyVersionFacts, 'createdOn'>, parameters: { readonly maximumAge: string }) =>
  earliest(wholeSeconds(addDuration(new Date(version.createdOn), parameters.maximumAge)), LATEST_EXPIRY);

const tooOld = (kid: string, ceiling: Date): string =>
  `${kid} may not be valid beyond ${ceiling.toISOString()}; create a new version and point the servers at it.`;

const earliest = (a: Date, b: Date): Date => (a < b ? a : b);

const wholeSeconds = (date: Date): Date => new Date(Math.floor(date.getTime() / 1000) * 1000);
