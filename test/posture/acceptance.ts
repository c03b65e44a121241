import type { Level } from '../../src/posture/row.ts';

/**
 * Every row of the acceptance table with its level: of two levels the first, as in the table. Plain data, so that a row that is
 * missing in the code is noticed.
 */
export const ACCEPTANCE: Readonly<Record<Level, readonly string[]>> = {
  AUTO: 'S1.19 S1.20 S2.15 S2.16 S2.17 S2.29 S2.33 S2.44 S2.45 S2.46 S2.47 S2.50 S2.62 S2.63'.split(' '),
  APPR: 'S1.5 S1.6 S1.7 S1.15 S1.16 S1.17 S1.18 S1.32 S2.9 S2.21 S2.26 S2.27 S2.28 S2.30 S2.32 S2.34 S2.36 S2.41 S2.48 S2.49 S2.51 S2.52 S2.53 S2.54 S2.55'.split(
    ' ',
  ),
  PLAN: 'S1.4 S1.14 S1.21 S1.22 S1.23 S1.25 S1.26 S1.27 S1.29 S1.30 S1.33 S2.7 S2.18 S2.20 S2.22 S2.31 S2.35 S2.38 S2.39 S2.40 S2.42 S2.43 S2.57 S2.58 S2.64 S2.65 S2.66 S2.67 S2.68'.split(
    ' ',
  ),
  PREV: 'S1.13 S2.3 S2.8 S2.11 S2.13 S2.19 S2.23 S2.24 S2.37 S2.60 S2.61'.split(' '),
  INFO: 'S1.1 S1.2 S1.3 S1.8 S1.9 S1.10 S1.11 S1.12 S1.24 S1.28 S1.31 S1.D1 S1.D2 S1.D3 S1.D4 S1.D5 S2.1 S2.2 S2.4 S2.5 S2.6 S2.10 S2.12 S2.14 S2.25 S2.56 S2.59 S2.69'.split(
    ' ',
  ),
};
