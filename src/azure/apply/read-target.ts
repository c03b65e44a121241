import type { StepKind, StepSpec } from '../../remediation/steps.ts';
import type { Connection } from '../connection.ts';
import type { Sources } from '../observe.ts';
import { readEnabling } from './enable-key.ts';
import { readExtension } from './extend-key-expiry.ts';
import { readRecovery } from './recover-key.ts';
import { readRevalidation } from './revalidate-consumer.ts';
import { readActivation } from './set-activation-date.ts';
import type { Target } from './target.ts';

type Reader<Kind extends StepKind> = (
  sources: Sources & { readonly connection: Connection },
  step: Extract<StepSpec, { kind: Kind }>,
) => Promise<Target>;

/** How the target of each kind of step is read, with the write that would repair it. */
const READERS: { readonly [Kind in StepKind]: Reader<Kind> } = {
  recoverKey: readRecovery,
  enableKey: readEnabling,
  setActivationDate: readActivation,
  extendKeyExpiry: readExtension,
  revalidateConsumer: readRevalidation,
};

/** Reads what a step would change, right before it does. */
export const readTarget = (sources: Parameters<Reader<StepKind>>[0], step: StepSpec): Promise<Target> =>
  (READERS[step.kind] as (from: typeof sources, of: StepSpec) => Promise<Target>)(sources, step);
