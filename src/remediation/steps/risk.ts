/**
 * From the least to the worst: `restore` continues what was intended, `reversal` undoes someone's act, `irreversible` cannot
 * be undone.
 */
export const RISKS = ['restore', 'reversal', 'irreversible'] as const;

export type Risk = (typeof RISKS)[number];
