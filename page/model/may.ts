import { STEP_RISKS, type StepKind } from './step-risks.ts';

/** `byItself`: without asking; `asks`: after an approval; `never`: it only reports. */
export type Way = 'byItself' | 'asks' | 'never';

export type May = {
  readonly kind: StepKind;
  readonly way: Way;
  /** The scopes in which the product acts by itself, if not everywhere: a subscription, resource group or resource. */
  readonly scopes: readonly string[];
  /** The number of vaults where the product lacks the permission. */
  readonly lackingAt: number;
};

type Rules = {
  readonly mode: 'observe' | 'approve' | 'auto';
  /** `GUARDIAN_AUTO_REVERSE` as it is in force: `none`, `all`, or entries `step@scope`. */
  readonly autoReverse: string;
  readonly gaps: readonly { readonly vault: string; readonly step: string; readonly canRepair: boolean | null }[];
};

const EVERYWHERE = '*';

/** The scopes in which a reversal needs no approval. */
const scopesNamed = (autoReverse: string, kind: StepKind): readonly string[] => {
  if (autoReverse.trim() === 'all') return [EVERYWHERE];
  return autoReverse
    .split(',')
    .map((entry) => entry.trim().split('@'))
    .flatMap(([step, scope]) => (step === kind && scope !== undefined ? [scope] : []));
};

const wayOf = (kind: StepKind, mode: Rules['mode'], named: readonly string[]): Way => {
  if (mode !== 'auto') return mode === 'observe' ? 'never' : 'asks';
  return STEP_RISKS[kind] === 'restore' || named.length > 0 ? 'byItself' : 'asks';
};

/** The steps that the product may do, by its mode, its settings and its observed permissions. */
export const mayDo = ({ mode, autoReverse, gaps }: Rules): readonly May[] =>
  (Object.keys(STEP_RISKS) as StepKind[]).map((kind) => {
    const named = STEP_RISKS[kind] === 'reversal' ? scopesNamed(autoReverse, kind) : [];
    const lacking = gaps.filter(({ step, canRepair }) => step === kind && canRepair === false);
    return {
      kind,
      way: wayOf(kind, mode, named),
      scopes: mode !== 'auto' || named.includes(EVERYWHERE) ? [] : named,
      lackingAt: new Set(lacking.map(({ vault }) => vault)).size,
    };
  });
