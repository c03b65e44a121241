import { readPins } from '../../observation/pins.ts';
import { findingFor, type Rule } from '../rule.ts';

/**
 * The pinned version has a release policy: Key Vault gives its private part to whatever proves by attestation that the policy means
 * it ("Secure key release"). It wraps and unwraps as any other does, and disks of confidential machines need one.
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
