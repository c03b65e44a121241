import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import path from 'node:path';
import { applyRecord, type Instances, type JournalRecord } from './journal-record.ts';

/**
 * The journal is append-only JSONL. Records that are appended together are one line, so they take effect together or
 * not at all.
 */
export type Journal = {
  append(records: JournalRecord[]): void;
  close(): void;
};

/**
 * Reads the instances from a journal. A last line without its line end was cut off by a crash and does not count.
 * @throws Error if any other line is not JSON: a damaged journal is not an empty one
 */
export function readJournal(file: string): Instances {
  const instances: Instances = new Map();
  if (!existsSync(file)) return instances;
  const lines = readFileSync(file, 'utf8').split('\n');
  lines.pop();
  lines.forEach((line, index) => {
    for (const record of parseLine(line, file, index + 1)) applyRecord(instances, record);
  });
  return instances;
}

function parseLine(line: string, file: string, number: number): JournalRecord[] {
  try {
    return JSON.parse(line) as JournalRecord[];
  } catch {
    throw new Error(
      `${file}: line ${number} is damaged. Repair the line, or delete the file to start without history.`,
    );
  }
}

/**
 * Replaces the journal by one line per instance, atomically, and opens it for more lines.
 * @param onLine called after each appended line with its number, 1 for the first after this start
 */
export function openJournal(file: string, instances: Instances, onLine: (line: number) => void): Journal {
  compact(file, instances);
  const descriptor = openSync(file, 'a');
  let line = 0;
  return {
    append: (records) => {
      writeSync(descriptor, toLine(records));
      onLine(++line);
    },
    close: () => closeSync(descriptor),
  };
}

function compact(file: string, instances: Instances): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.new`;
  const descriptor = openSync(draft, 'w');
  for (const instance of instances.values()) writeSync(descriptor, toLine([{ kind: 'put', instance }]));
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(draft, file);
}

const toLine = (records: JournalRecord[]): string => `${JSON.stringify(records)}\n`;
