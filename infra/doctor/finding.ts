import type { Facts } from './facts.ts';

/**
 * `stops`: the app does not work. `limits`: the app works, and cannot do everything. `unseen`: unknown, since rights are missing.
 * `noted`: no fault, but the reader may want to compare it with the intention.
 */
export type Weight = 'stops' | 'limits' | 'unseen' | 'noted';

export type Finding = {
  readonly weight: Weight;
  /** The finding in one or two sentences. */
  readonly sentence: string;
  /** The commands that remove the fault, each a line of a shell. */
  readonly commands: readonly string[];
};

export type Rule = (facts: Facts) => readonly Finding[];

export const stops = (sentence: string, ...commands: readonly string[]): Finding => ({
  weight: 'stops',
  sentence,
  commands,
});
export const limits = (sentence: string, ...commands: readonly string[]): Finding => ({
  weight: 'limits',
  sentence,
  commands,
});

export const noted = (sentence: string): Finding => ({ weight: 'noted', sentence, commands: [] });

/** The app as the Azure CLI names it. */
export const appOptions = ({ app, group, subscriptionId }: Facts): string =>
  `--name ${app} --resource-group ${group} --subscription ${subscriptionId}`;
