import type { Facts } from './facts.ts';

/**
 * `stops`: the app does not work. `limits`: it works, and cannot do everything. `unseen`: nobody knows, for want of rights. `noted`: nothing is
 * wrong, and somebody may want to compare it with what they meant.
 */
export type Weight = 'stops' | 'limits' | 'unseen' | 'noted';

export type Finding = {
  readonly weight: Weight;
  /** What is true, in one or two sentences. */
  readonly sentence: string;
  /** What mends it, each a line of a shell. */
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
