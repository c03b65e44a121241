export const MODES = ['observe', 'approve', 'auto'] as const;
export type Mode = (typeof MODES)[number];
