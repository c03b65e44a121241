import type { Row } from '../../../local/demo/row.ts';

const NOON = Date.UTC(2026, 0, 1, 12);

/** A row of the timeline `seconds` after noon. */
export const rowAt = (seconds: number, stage: string, turn?: Row['turn']): Row => ({
  at: NOON + seconds * 1000,
  stage,
  text: `${stage} happened`,
  tone: 'plain',
  ...(turn && { turn }),
});
