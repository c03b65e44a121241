import type { StepSpec } from '../../remediation/steps.ts';
import type { TargetSources } from './read-target.ts';
import type { Target } from './target.ts';

type Spec = Extract<StepSpec, { kind: 'assignIdentity' }>;

export const readAssignIdentity = (_sources: TargetSources, _step: Spec): Promise<Target> =>
  Promise.resolve({ kind: 'blocked', why: 'not built yet' });
