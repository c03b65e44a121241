/** A possible next event. A fault may happen, or never: a state in which only faults remain is quiet. */
export type Move<State> = { readonly label: string; readonly to: State; readonly fault?: true };

export type Model<State> = {
  readonly start: State;
  readonly next: (state: State) => readonly Move<State>[];
  /** The fault of a state, if there is one. `quiet`: only faults could still happen. */
  readonly wrong: (state: State, quiet: boolean) => string | undefined;
};

export type Exploration = {
  readonly states: number;
  /** The first, and so shortest, path to a faulty state. */
  readonly violation?: { readonly what: string; readonly moves: readonly string[] };
};

type Seen = { readonly from: string; readonly label: string } | undefined;

const wayTo = (key: string, seen: ReadonlyMap<string, Seen>): readonly string[] => {
  const moves: string[] = [];
  for (let at = seen.get(key); at; at = seen.get(at.from)) moves.unshift(at.label);
  return moves;
};

/** Visits every state that can be reached, breadth first. States are plain data. Throws beyond `limit` states. */
export const explore = <State>({ start, next, wrong }: Model<State>, limit = 2_000_000): Exploration => {
  const first = JSON.stringify(start);
  const seen = new Map<string, Seen>([[first, undefined]]);
  let frontier = [first];
  while (frontier.length > 0) {
    const following: string[] = [];
    for (const key of frontier) {
      const state = JSON.parse(key) as State;
      const moves = next(state);
      const what = wrong(
        state,
        moves.every((move) => move.fault),
      );
      if (what) return { states: seen.size, violation: { what, moves: wayTo(key, seen) } };
      for (const { label, to } of moves) {
        const reached = JSON.stringify(to);
        if (seen.has(reached)) continue;
        seen.set(reached, { from: key, label });
        following.push(reached);
      }
    }
    if (seen.size > limit) throw new Error(`More than ${limit} states: bound the model.`);
    frontier = following;
  }
  return { states: seen.size };
};
