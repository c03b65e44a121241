import { AuthError, InteractionRequiredAuthError } from '@azure/msal-browser';
import { SignInFailed, type SignInTrouble } from './failed.ts';

/** By the code of MSAL or of OAuth. Any other code means a refusal. */
const TROUBLES: Readonly<Record<string, SignInTrouble>> = {
  access_denied: 'cancelled',
  user_cancelled: 'cancelled',
  no_account_error: 'needed',
  no_network_connectivity: 'unreachable',
  post_request_failed: 'unreachable',
  get_request_failed: 'unreachable',
  network_error: 'unreachable',
  endpoints_resolution_error: 'unreachable',
  timed_out: 'unreachable',
};

/** Entra's sentence, without the ids for its support. MSAL's own messages are for programmers, and are left out. */
const sentenceIn = (message: string): string | undefined =>
  /AADSTS\d+: [\s\S]*?(?=\s*Trace ID:|$)/.exec(message)?.[0].trim();

/** The error in the page's terms; an error that does not come from sign-in stays as it is. */
export const troubleOf = (error: unknown): unknown => {
  if (!(error instanceof AuthError)) return error;
  const sentence = sentenceIn(error.errorMessage);
  if (error instanceof InteractionRequiredAuthError) return new SignInFailed('needed', sentence);
  return new SignInFailed(TROUBLES[error.errorCode] ?? 'refused', sentence ?? error.errorCode);
};

/** The same for a renewal: where a grant has ended, or was withdrawn, the person has to sign in again. */
export const troubleOfRenewal = (error: unknown): unknown =>
  error instanceof AuthError && error.errorCode === 'invalid_grant'
    ? new SignInFailed('needed', sentenceIn(error.errorMessage))
    : troubleOf(error);
