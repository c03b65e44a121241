type Incident = {
  readonly cause?: string;
  readonly seconds: { readonly toDetect?: number; readonly toHeal?: number };
};

type Spread = { readonly count: number; readonly p50: number; readonly p95: number };

type History = {
  readonly causes: readonly { readonly cause: string; readonly toDetect?: Spread; readonly toHeal?: Spread }[];
  readonly value: readonly Incident[];
};

/** How long a phase took for one cause: each duration, the median and the slow end; all in seconds. */
export type Measured = Spread & { readonly cause: string; readonly each: readonly number[] };

/** The measured durations of each cause. A cause without a duration is left out. */
export const measuredOf = ({ causes, value }: History, what: 'toDetect' | 'toHeal'): readonly Measured[] =>
  causes.flatMap(({ cause, [what]: spread }) => {
    if (!spread) return [];
    const each = value.flatMap(({ cause: its, seconds }) => (its === cause ? (seconds[what] ?? []) : []));
    return [{ cause, ...spread, each }];
  });
