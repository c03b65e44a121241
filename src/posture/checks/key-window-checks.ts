import { addDuration } from '../../remediation/model/duration.ts';
import type { Checks } from '../check.ts';
import type { PathFacts } from '../facts.ts';
import { holds, pass } from '../judgement.ts';
import { onVersion } from './on-version.ts';

export const active = onVersion(({ notBefore }, { now }) =>
  holds(
    notBefore === undefined || notBefore <= now,
    notBefore === undefined ? 'no activation date' : `active from ${notBefore}`,
  ),
);

export const notExpired = onVersion(({ expiresOn }, { now }) =>
  holds(expiresOn === undefined || expiresOn > now, expiresOn === undefined ? 'no expiry' : `expires on ${expiresOn}`),
);

/**
 * The document wants no expiry date, while present policies want one. An expiry far in the future satisfies both
 * (deviation from the document).
 */
const noNearExpiry = onVersion(({ expiresOn }, { now, settings }) =>
  expiresOn === undefined
    ? pass('no expiry')
    : holds(
        new Date(expiresOn) > addDuration(new Date(now), settings.nearExpiry),
        `expires on ${expiresOn}; the document wants no expiry, and far away is accepted instead`,
      ),
);

export const enabled = onVersion(({ enabled: on }) => holds(on, on ? 'enabled' : 'disabled'));

export const KEY_WINDOW_CHECKS = {
  keyActive: { judge: active, page: 'keyNotYetActive' },
  noNearExpiry: { judge: noNearExpiry, page: 'keyNearExpiry' },
  keyEnabled: { judge: enabled, page: 'keyDisabled' },
  notExpired: { judge: notExpired, page: 'keyExpired' },
} as const satisfies Checks<PathFacts>;
