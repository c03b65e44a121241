import { writeFile } from 'node:fs/promises';
import { getHealthDetails, getSettings } from '../client/api.ts';
import type { Origin } from '../report/document.ts';
import type { Context } from './context.ts';
import { Usage } from './failure.ts';
import type { Sheet } from './sheet/sheet.ts';
import { said } from './sheets/said.ts';

/** The origin of a report: the present facts of the app about itself. */
export const originOf = async ({ sending, surroundings }: Context): Promise<Origin> => {
  const [{ version }, { value }] = await Promise.all([getHealthDetails(sending), getSettings(sending)]);
  const setting = (name: string): string => value.find((one) => one.name === name)?.value ?? '';
  return {
    scopes: setting('GUARDIAN_SCOPE')
      .split(',')
      .map((scope) => scope.trim()),
    mode: setting('GUARDIAN_MODE'),
    version,
    app: sending.guardian.url,
    writtenAt: new Date(surroundings.now()).toISOString(),
  };
};

/**
 * A report shows where an attack could succeed: only the person who asked for it may read it. An existing file is not overwritten,
 * since it may be something else.
 */
const NEW_FILE = { flag: 'wx', mode: 0o600 };

const whyNot = ({ code }: NodeJS.ErrnoException): string =>
  code === 'EEXIST' ? 'there is something already' : String(code);

/** Writes a report to the given file. @throws Usage where that is not possible */
export const writtenTo = async (file: string, report: string): Promise<Sheet> => {
  try {
    await writeFile(file, report, NEW_FILE);
  } catch (error) {
    throw new Usage(
      `${file} cannot be written: ${whyNot(error as NodeJS.ErrnoException)}. Name another file by --report.`,
    );
  }
  return said(`The report is in ${file}. Open it in a browser, and print it from there.`, { file });
};
