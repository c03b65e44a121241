/**
 * Writes what the modules read from the code: the settings and their defaults, and the filters of the event subscriptions.
 * A test asks for the files to be what this writes.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { SETTINGS } from '../src/config/table.ts';
import { eventFilters } from '../src/signals/event-filters.ts';

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Of each setting its default, `""` where it has none: an empty setting counts as one that is not there. */
const settings = (): string =>
  json(Object.fromEntries(Object.values(SETTINGS).map((one) => [one.name, 'default' in one ? one.default : ''])));

/** The files by their paths below infra/, and what is in them. */
export const filesFromCode = (): Readonly<Record<string, string>> => ({
  'modules/app/settings.json': settings(),
  'modules/events/event-filters.json': json(eventFilters()),
});

if (process.argv[1] === import.meta.filename)
  for (const [file, text] of Object.entries(filesFromCode())) writeFileSync(path.join(import.meta.dirname, file), text);
