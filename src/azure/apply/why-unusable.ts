import type { KeyVersionFacts } from '../../remediation/model/facts.ts';

/** Why nothing could be wrapped and unwrapped with this version now; `undefined` where it can be used. */
export const whyUnusable = ({ enabled, expiresOn, kid, notBefore }: KeyVersionFacts, now: Date): string | undefined => {
  if (!enabled) return `${kid} is disabled`;
  if (expiresOn !== undefined && new Date(expiresOn) <= now) return `${kid} expired at ${expiresOn}`;
  return notBefore !== undefined && new Date(notBefore) > now ? `${kid} is not active before ${notBefore}` : undefined;
};
