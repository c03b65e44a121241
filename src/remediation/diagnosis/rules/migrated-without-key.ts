import { findingFor, type Rule } from '../rule.ts';

/**
 * A single server is gone, and a flexible server of the same name encrypts with a key of Microsoft: Azure migrated single servers
 * without the customer's key (learn.microsoft.com/azure/mysql/migrate/whats-happening-to-mysql-single-server).
 */
export const migratedWithoutKey: Rule = ({ observation }) =>
  (observation.migrated ?? []).map((target) =>
    findingFor([], {
      kind: 'migratedWithoutKey',
      target,
      evidence: {},
      rows: ['S2.1', 'S2.2'],
      sentence: `${target} bears the name of a single server that had a key of the customer and is gone, and has none itself.`,
    }),
  );
