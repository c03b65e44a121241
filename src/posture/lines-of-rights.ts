import type { ConsumerFacts } from '../remediation/model/facts.ts';
import type { VaultReach } from './coverage-facts.ts';
import type { PostureLine } from './lines.ts';
import { judgeOwnRights } from './own-excess.ts';

/**
 * The row name of lines about the product's rights. `?row=rights` filters them, though the acceptance table has no such
 * row.
 */
export const RIGHTS_ROW = 'rights';

/** The rights of the product on a vault beyond its role: one line. */
export const lineOfOwnRights = ({ key, vault, own }: VaultReach): PostureLine => {
  const { verdict, evidence, plan } = judgeOwnRights(vault, own);
  return {
    row: RIGHTS_ROW,
    check: 'productWithinItsRole',
    subject: vault.kind === 'present' ? vault.value.id : key.host,
    kind: 'vault',
    verdict,
    evidence,
    ...(verdict === 'fail' && { plan }),
  };
};

/** Consumers that use their key with the product's own identity: a line for each. */
export const linesOfActing = (consumers: readonly ConsumerFacts[]): readonly PostureLine[] =>
  consumers
    .filter(({ actsAsProduct }) => actsAsProduct)
    .map(({ id, kind, name, use }) => ({
      row: RIGHTS_ROW,
      check: 'identityOfItsOwn',
      subject: id,
      kind,
      ...(use && { use }),
      verdict: 'fail',
      evidence: `${name} uses the identity of the product itself: whoever runs it holds the product's rights. Give it an identity of its own.`,
    }));
