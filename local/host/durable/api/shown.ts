/** The parts that a status query asks for beside the status itself. */
export type Shown = { input: boolean; history: boolean; historyOutput: boolean };
