import type { VaultFacts } from '../../remediation/model/facts.ts';
import type { PathFacts } from '../facts.ts';
import { type Judgement, judged, unclear } from '../judgement.ts';

export const onVault =
  (judge: (vault: VaultFacts, path: PathFacts) => Judgement) =>
  (path: PathFacts): Judgement =>
    judged(
      path.observation.vault,
      (vault) => judge(vault, path),
      () => unclear(`there is no vault ${path.observation.key.host} to judge`),
    );
