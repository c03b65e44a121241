import type { GetClientSettings200 } from '../../client/api.ts';
import type { Way } from './signed-in.ts';

/** How people sign in to this installation; `undefined` where only a key opens it. */
export const wayFor = async (_settings: GetClientSettings200): Promise<Way | undefined> => undefined;
