/** Something in the way of a step. Not `certain`: nobody could tell that it is not. */
export type Obstacle = { readonly why: string; readonly commands: readonly string[]; readonly certain: boolean };

export const unsure = (why: string): Obstacle => ({ why, commands: [], certain: false });
