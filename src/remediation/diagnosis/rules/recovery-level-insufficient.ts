import { readPins } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/** The levels with 90 days of soft delete and no purge in that time (Key Vault data plane, DeletionRecoveryLevel). */
const SUFFICIENT = ['Recoverable', 'Recoverable+ProtectedSubscription'];

/** A deleted key could be purged, or could be recovered for less than 90 days only. */
export const recoveryLevelInsufficient: Rule = ({ observation }) =>
  readPins(observation).flatMap(({ kid, version, facts: { recoveryLevel }, consumers }) =>
    recoveryLevel === undefined || SUFFICIENT.includes(recoveryLevel)
      ? []
      : [
          findingFor(consumers, {
            kind: 'recoveryLevelInsufficient',
            target: kid,
            evidence: { version, recoveryLevel },
            rows: ['S2.35', 'S2.36'],
            sentence: `The recovery level of ${kid} is ${recoveryLevel}, and must be ${SUFFICIENT.join(' or ')}.`,
          }),
        ],
  );
