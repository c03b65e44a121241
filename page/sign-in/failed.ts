/**
 * `needed`: a person must sign in (again). `cancelled`: by that person. `refused`: by who vouches. `unreachable`: nobody answers
 * there. `unnamed`: the app does not say whose client the page is.
 */
export type SignInTrouble = 'needed' | 'cancelled' | 'refused' | 'unreachable' | 'unnamed';

/** Nobody could be signed in. `detail`: what who vouches says of it, for people, where they say anything. */
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
