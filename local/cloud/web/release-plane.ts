import type { Plane } from '../plane.ts';
import type { Answer } from '../service.ts';
import { RELEASE_HOST, type Releases } from './releases.ts';

const fileAt = (releases: Releases, path: string): Answer => {
  const bytes = releases.at(path);
  return bytes ? { status: 200, headers: { 'content-type': 'application/zip' }, bytes } : { status: 404 };
};

/** Gives files to every caller. */
export const createReleasePlane = (releases: Releases): Plane => ({
  prepare: async ({ method, path }) => ({
    name: `${method} https://${RELEASE_HOST}/*`,
    mutating: false,
    run: async () => (method === 'GET' || method === 'HEAD' ? fileAt(releases, path) : { status: 405 }),
  }),
});
