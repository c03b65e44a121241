import { Refused } from '../../client/refused.ts';
import { SignInFailed } from './failed.ts';

/**
 * Whether the person has to sign in again: the app no longer accepts the token or key, not even a token that was renewed just
 * now.
 */
export const isEnded = (error: Error): boolean =>
  error instanceof SignInFailed ? error.trouble === 'needed' : error instanceof Refused && error.status === 401;
