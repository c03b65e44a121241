import type { ConsumerKind } from './facts.ts';
import type { KeyRef } from './key-ref.ts';

/** `restore` continues what was intended, `reversal` undoes someone's act, `irreversible` cannot be undone. */
export type Risk = 'restore' | 'reversal' | 'irreversible';

/** What names a step: everything a person approves, nothing that changes with the day (durations instead of dates). */
export type StepSpec =
  | {
      readonly kind: 'extendKeyExpiry';
      /** Key identifier without version. */
      readonly target: string;
      readonly parameters: {
        readonly key: KeyRef;
        readonly version: string;
        /** ISO 8601 durations: the new validity counted from the write, and the age no version may exceed. */
        readonly period: string;
        readonly maximumAge: string;
        /** The expiry that is near enough to act on; a later one is "no drift". */
        readonly threshold: string;
      };
    }
  | {
      readonly kind: 'recoverKey';
      /** Key identifier without version: a key comes back with all its versions. */
      readonly target: string;
      readonly parameters: { readonly key: KeyRef };
    }
  | {
      readonly kind: 'enableKey';
      /** Key identifier without version. */
      readonly target: string;
      readonly parameters: { readonly key: KeyRef; readonly version: string };
    }
  | {
      readonly kind: 'setActivationDate';
      /** Key identifier without version. */
      readonly target: string;
      readonly parameters: { readonly key: KeyRef; readonly version: string };
    }
  | {
      readonly kind: 'revalidateConsumer';
      /** ARM resource id of the consumer, lower-cased. */
      readonly target: string;
      readonly parameters: { readonly consumerKind: ConsumerKind; readonly kid: string };
    };

export type StepKind = StepSpec['kind'];

/** One orchestration is registered for each. */
export const STEP_KINDS = [
  'recoverKey',
  'enableKey',
  'setActivationDate',
  'extendKeyExpiry',
  'revalidateConsumer',
] as const satisfies readonly StepKind[];

/** One repair. */
export type Step = StepSpec & {
  /** SHA-256 of kind, target and parameters in canonical form: the same repair has the same id tomorrow. */
  readonly stepId: string;
  readonly risk: Risk;
  /** Azure actions the product needs for it, as in its custom role. */
  readonly actions: readonly string[];
  readonly undo: string;
  /** One sentence for a human. */
  readonly sentence: string;
  /** Its own ids, by each of which a do-not-heal record may mean it: key version, vault, target. Not part of `stepId`. */
  readonly touches: readonly string[];
  /** ARM resource ids, lower-cased, of the consumers that it is for. Not part of `stepId`. */
  readonly serves: readonly string[];
  /** Only after it can be seen what else is wrong: the key is assessed again before anything that depends on it. */
  readonly reveals: boolean;
  /** Ids of the steps that must be done before. */
  readonly dependsOn: readonly string[];
};

export type Plan = {
  /** SHA-256 of the steps' ids: the same repairs make the same plan tomorrow. */
  readonly planId: string;
  /** Each after those it depends on. */
  readonly steps: readonly Step[];
  /** What a human must do where no step is offered: one sentence each, with the command. Not part of `planId`. */
  readonly instructions: readonly string[];
};
