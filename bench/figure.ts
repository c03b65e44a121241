/** One measured number, as `--json` prints it. `goal` is the largest value that is good enough; null: there is none. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: number | null;
  readonly holds: boolean | null;
};

/** A figure with a remark for its reader: its spread, or its parts. */
export type Measured = { readonly figure: Figure; readonly remark: string };

/** Rounded to the printed precision, so that a figure and its verdict never disagree. */
const rounded = (value: number): number => Number(value.toFixed(value < 100 ? 2 : 0));

/** A figure that should not be above its goal. */
export const withGoal = (name: string, value: number, unit: string, goal: number): Figure => ({
  name,
  value: rounded(value),
  unit,
  goal,
  holds: rounded(value) <= goal,
});

/** A figure without a goal. */
export const withoutGoal = (name: string, value: number, unit: string): Figure => ({
  name,
  value: rounded(value),
  unit,
  goal: null,
  holds: null,
});
