import { Refused } from '../../client/refused.ts';
import { SignInFailed } from './failed.ts';

/** Nothing goes on before somebody signs in again: a token or key is accepted no more, also one that was renewed just now. */
export const isEnded = (error: Error): boolean =>
  error instanceof SignInFailed ? error.trouble === 'needed' : error instanceof Refused && error.status === 401;
