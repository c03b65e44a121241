/**
 * `needed`: the person must sign in (again). `cancelled`: the person gave up. `refused`: the identity provider refused.
 * `unreachable`: the identity provider does not answer. `unnamed`: the app does not name the registration whose client the page
 * is.
 */
export type SignInTrouble = 'needed' | 'cancelled' | 'refused' | 'unreachable' | 'unnamed';

/** The person could not be signed in. `detail`: the identity provider's sentence for people, where it gave one. */
export class SignInFailed extends Error {
  readonly trouble: SignInTrouble;
  readonly detail: string | undefined;

  constructor(trouble: SignInTrouble, detail?: string) {
    super(detail ?? trouble);
    this.name = 'SignInFailed';
    this.trouble = trouble;
    this.detail = detail;
  }
}
