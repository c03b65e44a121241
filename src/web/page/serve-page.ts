import path from 'node:path';
import type { Guardian } from '../../loop/guardian.ts';
import type { Accepts, DoorAnswer } from '../door.ts';
import { openPage } from './read-page.ts';
import { securityHeaders } from './security-headers.ts';
import { serveFile } from './serve-file.ts';

/** The build lays the page beside the folder of the chunks, one of which this file is. */
const files = openPage(path.join(import.meta.dirname, '..', 'page'));

export const servePage = (
  name: string,
  accepts: Accepts,
  { approval }: Pick<Guardian['settings'], 'approval'>,
): Promise<DoorAnswer> => serveFile(files, name, accepts, securityHeaders(approval.tokens));
