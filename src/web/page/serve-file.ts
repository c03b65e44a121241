import type { Accepts, DoorAnswer } from '../door.ts';
import { refusal } from '../door.ts';
import type { PageFile } from './manifest.ts';
import type { PageFiles } from './read-page.ts';

/** A year: a file that has the hash of its content in its name never changes. */
const FOREVER = 'public, max-age=31536000, immutable';
/** The browser asks each time, and mostly gets the answer that nothing has changed. */
const ASK_AGAIN = 'no-cache';

type Encoding = PageFile['encodings'][number];

const takes = (accepted: string, encoding: Encoding): boolean =>
  accepted
    .toLowerCase()
    .split(',')
    .map((one) => one.split(';').map((part) => part.trim()))
    .some(([name, quality]) => name === encoding && !/^q=0(?:\.0*)?$/.test(quality ?? ''));

/** The smallest form that the sender can read. */
const encodingFor = ({ encoding = '' }: Accepts, { encodings }: PageFile): Encoding | undefined =>
  encodings.find((one) => takes(encoding, one));

const isKept = ({ etag = '' }: Accepts, mine: string): boolean =>
  etag.split(',').some((one) => one.trim().replace(/^W\//, '') === mine);

/** A file of the page by its name, with how long a browser may keep it. */
export const serveFile = async (
  files: PageFiles,
  name: string,
  accepts: Accepts,
  security: Readonly<Record<string, string>>,
): Promise<DoorAnswer> => {
  const file = await files.find(name);
  if (!file) return refusal(404, 'NotFound', 'The page has no such file. Load the page again, /api/ui.');
  const encoding = encodingFor(accepts, file);
  const etag = `"${file.hash}"`;
  const headers = {
    ...security,
    etag,
    vary: 'accept-encoding',
    'cache-control': file.isImmutable ? FOREVER : ASK_AGAIN,
  };
  if (isKept(accepts, etag)) return { status: 304, headers };
  return {
    status: 200,
    headers: { ...headers, 'content-type': file.type, ...(encoding && { 'content-encoding': encoding }) },
    bytes: await files.read(name, encoding),
  };
};
