import type { ConsumerFacts } from '../../model/facts.ts';
import { type Finding, findingId } from '../../model/findings.ts';
import { lackedBy } from '../../observation/access.ts';
import { usersOf } from '../../observation/pins.ts';
import { type Lineage, lineageOf } from '../../trust/lineage.ts';
import { causesAmong } from '../causes.ts';
import { findingFor, type Rule, type Situation } from '../rule.ts';

/**
 * A restore or a replica that waits for its own access to the inherited key, as every new copy does; or a stranger that waits for
 * it.
 */
export const copyAwaitingAccess: Rule = (situation, found) => {
  const causes = causesAmong(found);
  return usersOf(situation.observation).flatMap((consumer) => {
    const lineage = lineageOf(consumer, situation);
    return lineage === undefined ? [] : [finding(consumer, lineage, situation, causes(consumer)[0])];
  });
};

const WHO: Readonly<Record<Lineage, string>> = {
  proven: 'is a copy of a consumer that had access',
  unproven: 'may be a restored server: Azure does not say of which',
  stranger: 'was never seen with access, and is no copy of a consumer that was',
};

const finding = (
  consumer: ConsumerFacts,
  lineage: Lineage,
  { observation }: Situation,
  cause: Finding | undefined,
): Finding => {
  const { id, name, pinned, principalId, copyOf } = consumer;
  const missing = lackedBy(consumer, observation);
  return findingFor([consumer], {
    kind: 'copyAwaitingAccess',
    target: id.toLowerCase(),
    evidence: {
      lineage,
      kid: pinned.kid,
      ...(copyOf !== undefined && { copyOf }),
      ...(principalId.kind === 'present' && { principalId: principalId.value }),
      ...(missing.length > 0 && { missing: missing.join(' ') }),
    },
    rows: ['S2.46', 'S2.47', 'S2.59', 'S2.62', 'S2.63'],
    sentence: `${name} waits for access to ${pinned.kid}; it ${WHO[lineage]}.`,
    ...(cause && { explainedBy: findingId(cause) }),
  });
};
