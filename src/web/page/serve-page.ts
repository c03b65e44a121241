import path from 'node:path';
import type { Guardian } from '../../loop/guardian.ts';
import type { Accepts, DoorAnswer } from '../door.ts';
import { openPage } from './read-page.ts';
import { securityHeaders } from './security-headers.ts';
import { serveFile } from './serve-file.ts';

/** The build puts the page beside the folder of the code chunks, and this file is in one of these chunks. */
const files = openPage(path.join(import.meta.dirname, '..', 'page'));

export const servePage = (
  name: string,
  accepts: Accepts,
  { approval }: Pick<Guardian['settings'], 'approval'>,
): Promise<DoorAnswer> => serveFile(files, name, accepts, securityHeaders(approval.tokens));
