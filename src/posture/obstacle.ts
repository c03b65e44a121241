/** An obstacle to a step. Not `certain`: it is unknown whether the obstacle exists. */
export type Obstacle = { readonly why: string; readonly commands: readonly string[]; readonly certain: boolean };

export const unsure = (why: string): Obstacle => ({ why, commands: [], certain: false });
