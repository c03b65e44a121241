import type { ConsumerFacts, Fact, KeyObservation } from '../../model/facts.ts';
import type { Profile } from '../../model/profiles/profile.ts';
import type { RequestParameters } from '../../model/records.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import type { Risk } from '../risk.ts';
import type { Tagged } from '../tagged.ts';

/** What names a step of a kind: all that a person approves, nothing that changes with the day (durations instead of dates). */
export type StepIdentity<Parameters> = {
  /** A vault or a consumer by its ARM id, lower-cased; a key, or versions of it, by the key identifier without version. */
  readonly target: string;
  readonly parameters: Parameters;
};

/** What a step can be about, with the parameters that must name it. */
type Naming = {
  readonly vault: object;
  readonly key: object;
  readonly version: { readonly version: string };
  readonly consumer: object;
  readonly principal: { readonly principalId: string; readonly consumerId: string };
};

export type SubjectKind = keyof Naming;

type SubjectOf<Parameters> = { [Kind in SubjectKind]: Parameters extends Naming[Kind] ? Kind : never }[SubjectKind];

/** What one step gives and another must find, so that the other comes after it. */
type Prerequisite = 'vault' | 'key' | 'softDelete';

/** How something lost is brought back. */
type Recovery = {
  /** What is left of it to be read, with the tags that it bears there. */
  readonly left: (observation: KeyObservation) => Fact<Tagged>;
};

/** What a person may choose in a request for a step. */
type Choice<Parameters> = {
  readonly of: keyof RequestParameters;
  /** The step with that choice; `undefined` where the consumer has it already, or can have no other. */
  readonly parameters: (consumer: ConsumerFacts, chosen: string) => Omit<Parameters, keyof VaultIdentity> | undefined;
};

/**
 * What is true of every step of a kind. Everything must be answered: what is left unsaid would be forgotten elsewhere. The
 * parameters of each name the vault, whatever else the step is about.
 */
export type StepKindOf<Parameters extends VaultIdentity> = {
  /** As a rule: what a remedy finds out of the one case may weigh more, or less. */
  readonly risk: Risk;
  /** Whether it may undo somebody's act, be it only where that is what took away what the step restores: autoReverse may name it then. */
  readonly mayUndo: boolean;
  readonly subject: SubjectOf<Parameters>;
  /**
   * `repair`: it changes the way to the key. The others are worth trying anew after every repair. `followUp`: it adds what
   * belongs to a repair. `proof`: the consumer, which uses its key for it, shows by it that it can. `trial`: nothing but such
   * a proof; several begin at once.
   */
  readonly purpose: 'repair' | 'followUp' | 'proof' | 'trial';
  /**
   * Where an act shows that undoes it: in the activity log of the resource, which has the writes of Resource Manager, or only in the
   * audit log of the vault, which has what is done to keys.
   */
  readonly undoneIn: 'activityLog' | 'auditLog';
  /** Whether more may be wrong than can be seen before it is done. */
  readonly reveals: boolean;
  /** Without which it is of no use: steps that give it come first. */
  readonly needs: Prerequisite | 'nothing';
  readonly gives: Prerequisite | 'nothing';
  readonly bringsBack: Recovery | 'nothing';
  /** Whether consumers may notice only minutes after Azure says that it is done. */
  readonly takesEffect: 'atOnce' | 'later';
  /** Where it gives every key of a vault back to those who use it: the host of that vault. */
  readonly opensVault: false | ((spec: StepIdentity<Parameters>) => string);
  /** Whether it gives a way to key versions without reading them, so that the write activity reads their tags for it. */
  readonly rereadsVersions: boolean;
  /** Which consumers can need it. */
  readonly isFor: (consumer: Profile) => boolean;
  readonly choice: Choice<Parameters> | 'nothing';
  /** Azure actions the product needs for it, as in its custom role. */
  readonly actions: (spec: StepIdentity<Parameters>) => readonly string[];
  /**
   * The commands with which a person does the same where the product cannot, in back-quotes; what only they know stands in angle
   * brackets. None where a page says it better than a line.
   */
  readonly byHand: (spec: StepIdentity<Parameters>) => readonly string[];
  readonly undo: (spec: StepIdentity<Parameters>) => string;
  readonly sentence: (spec: StepIdentity<Parameters>) => string;
};
