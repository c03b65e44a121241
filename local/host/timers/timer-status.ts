import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** The last run of a timer and its next due time: Azure keeps this in the host's storage account. */
export type TimerStatus = { Last: string; Next: string; LastUpdated: string };

export type TimerStatusStore = {
  get(name: string): TimerStatus | undefined;
  set(name: string, status: TimerStatus): void;
};

export function openTimerStatuses(file: string): TimerStatusStore {
  const statuses: Record<string, TimerStatus> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return {
    get: (name) => statuses[name],
    set: (name, status) => {
      statuses[name] = status;
      writeFileSync(`${file}.new`, JSON.stringify(statuses, null, 2));
      renameSync(`${file}.new`, file);
    },
  };
}
