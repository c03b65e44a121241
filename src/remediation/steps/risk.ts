/**
 * From the least to the greatest: `restore` continues what was intended, `reversal` undoes somebody's act, `irreversible` cannot
 * be undone.
 */
export const RISKS = ['restore', 'reversal', 'irreversible'] as const;

export type Risk = (typeof RISKS)[number];
