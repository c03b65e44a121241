/** What a status query asks to see beside the status itself. */
export type Shown = { input: boolean; history: boolean; historyOutput: boolean };
