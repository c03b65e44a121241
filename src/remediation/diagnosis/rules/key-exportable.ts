import { readPins } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/**
 * The pinned version has a release policy: Key Vault gives its private part to a caller that proves by attestation to be the one
 * that the policy names ("Secure key release"). The version wraps and unwraps as any other, and disks of confidential machines
 * need such a key.
 */
export const keyExportable: Rule = ({ observation }) =>
  readPins(observation).flatMap(({ kid, version, facts: { isExportable }, consumers }) =>
    isExportable
      ? [
          findingFor(consumers, {
            kind: 'keyExportable',
            target: kid,
            evidence: { version },
            rows: [],
            sentence: `The key version ${kid} may leave its vault: it has a release policy. It is used and repaired as any other, but whoever was given a copy keeps it, whatever is disabled, deleted or taken away in the vault.`,
          }),
        ]
      : [],
  );
