type Ended = {
  readonly cause: {
    readonly roots: readonly { readonly kind: string }[];
    readonly faults: readonly { readonly kind: string }[];
  };
  readonly seconds: { readonly toDetect?: number; readonly toHeal?: number };
};

export type Measured = { readonly cause: string; readonly seconds: number };

/** How long something took, by the cause of each incident; those of which nobody can tell are left out. */
export const measuredBy = (incidents: readonly Ended[], what: 'toDetect' | 'toHeal'): readonly Measured[] =>
  incidents.flatMap(({ cause, seconds }) => {
    const [root] = [...cause.roots, ...cause.faults];
    const took = seconds[what];
    return root && took !== undefined ? [{ cause: root.kind, seconds: took }] : [];
  });
