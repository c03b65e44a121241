import type { ConsumerFacts, Fact, KeyObservation } from '../../model/facts.ts';
import type { Profile } from '../../model/profiles/profile.ts';
import type { RequestParameters } from '../../model/records.ts';
import type { VaultIdentity } from '../../observation/vault-identity.ts';
import type { Risk } from '../risk.ts';
import type { Tagged } from '../tagged.ts';

/**
 * The identity of a step: everything that a person approves, and nothing that changes with the day (durations instead of dates).
 */
export type StepIdentity<Parameters> = {
  /** A vault or a consumer by its ARM id, lower-cased; a key or its versions by the key identifier without version. */
  readonly target: string;
  readonly parameters: Parameters;
};

/** The subjects of steps, each with the parameters that must name it. */
type Naming = {
  readonly vault: object;
  readonly key: object;
  readonly version: { readonly version: string };
  readonly consumer: object;
  readonly principal: { readonly principalId: string; readonly consumerId: string };
};

export type SubjectKind = keyof Naming;

type SubjectOf<Parameters> = { [Kind in SubjectKind]: Parameters extends Naming[Kind] ? Kind : never }[SubjectKind];

/** A thing that one step gives and another step needs, so that the second comes after the first. */
type Prerequisite = 'vault' | 'key' | 'softDelete';

/** How a step brings back something that was lost. */
type Recovery = {
  /** The rest that can still be read, for example a deleted key, with its tags. */
  readonly left: (observation: KeyObservation) => Fact<Tagged>;
};

/** A choice that a person may make in a request for a step. */
type Choice<Parameters> = {
  readonly of: keyof RequestParameters;
  /** The parameters of the step with that choice; `undefined` where the consumer has it already, or cannot have another. */
  readonly parameters: (consumer: ConsumerFacts, chosen: string) => Omit<Parameters, keyof VaultIdentity> | undefined;
};

/**
 * The traits of every step of a kind. Each trait must be stated: a trait with a default would be forgotten. The parameters of
 * every step name the vault, also where the step is about something else.
 */
export type StepKindOf<Parameters extends VaultIdentity> = {
  /** The usual risk of the kind: a remedy may find that one step has a greater risk, or a smaller one. */
  readonly risk: Risk;
  /** Whether such a step may undo somebody's act, be it only in some cases: GUARDIAN_AUTO_REVERSE may name it then. */
  readonly mayUndo: boolean;
  readonly subject: SubjectOf<Parameters>;
  /**
   * `repair`: the step changes the access path to the key. Steps of all other purposes are worth trying again after a repair.
   * `followUp`: it completes a repair. `proof`: the consumer uses its key for the step, and so proves that it can. `trial`: it is
   * only such a proof; several trials begin at once.
   */
  readonly purpose: 'repair' | 'followUp' | 'proof' | 'trial';
  /**
   * The log that shows an act which undoes the step: the activity log of the resource, which has the writes of Resource Manager,
   * or the audit log of the vault, which has the writes to keys.
   */
  readonly undoneIn: 'activityLog' | 'auditLog';
  /** Whether more faults may show only after the step. */
  readonly reveals: boolean;
  /** The thing without which the step is of no use: steps that give it come first. */
  readonly needs: Prerequisite | 'nothing';
  readonly gives: Prerequisite | 'nothing';
  readonly bringsBack: Recovery | 'nothing';
  /** Whether consumers may notice the step only minutes after Azure reports it done. */
  readonly takesEffect: 'atOnce' | 'later';
  /** The host of the vault, where the step gives all keys of a vault back to their consumers. */
  readonly opensVault: false | ((spec: StepIdentity<Parameters>) => string);
  /** Whether the step gives access to key versions without reading them, so that the write activity must read their tags. */
  readonly rereadsVersions: boolean;
  /** Which kinds of consumers can need the step. */
  readonly isFor: (consumer: Profile) => boolean;
  readonly choice: Choice<Parameters> | 'nothing';
  /** Azure actions that the product needs for the step, as in its custom role. */
  readonly actions: (spec: StepIdentity<Parameters>) => readonly string[];
  /**
   * The commands, in back-quotes, with which a person does the same where the product cannot. Values that only the person knows
   * stand in angle brackets. Empty where a document explains it better than a command.
   */
  readonly manualCommands: (spec: StepIdentity<Parameters>) => readonly string[];
  readonly undo: (spec: StepIdentity<Parameters>) => string;
  readonly sentence: (spec: StepIdentity<Parameters>) => string;
};
