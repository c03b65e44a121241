/**
 * Writes the files that the modules read from the code: the settings and their defaults, and the filters of the event
 * subscriptions. A test demands that the files are equal to that.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { SETTINGS } from '../src/config/table.ts';
import { eventFilters } from '../src/signals/event-filters.ts';

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** The default of each setting, `""` where it has none: an empty setting counts as absent. */
const settings = (): string =>
  json(Object.fromEntries(Object.values(SETTINGS).map((one) => [one.name, 'default' in one ? one.default : ''])));

/** The generated files by their paths below infra/, with their content. */
export const filesFromCode = (): Readonly<Record<string, string>> => ({
  'modules/app/settings.json': settings(),
  'modules/events/event-filters.json': json(eventFilters()),
});

if (process.argv[1] === import.meta.filename)
  for (const [file, text] of Object.entries(filesFromCode())) writeFileSync(path.join(import.meta.dirname, file), text);
