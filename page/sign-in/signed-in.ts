import type { Guardian } from '../../client/send.ts';

/** The app roles of people. Each has the rights of the roles before it. */
export const ROLES = ['Reader', 'Requester', 'Operator', 'Approver'] as const;

export type Role = (typeof ROLES)[number];

/** The person who looks at the page, and the proof that requests of the page carry. */
export type SignedIn = {
  /** `key`: by a function key, which the page uses for reading alone. */
  readonly kind: 'person' | 'key';
  readonly name?: string;
  readonly roles: readonly Role[];
  readonly guardian: Guardian;
  /** Gets a new token, after a role was activated or taken away. */
  readonly refreshRights?: () => Promise<SignedIn>;
  /** Leads to the sign-in, or to the form for the present key, once the app no longer accepts the old token or key. */
  readonly signInAgain: () => Promise<void>;
  readonly signOut: () => Promise<void>;
};

/** A way to sign in. It is loaded only where it is needed. */
export type Way = {
  /** The person who is signed in already, or has just come back from signing in. */
  readonly restore: () => Promise<SignedIn | undefined>;
  /** Leads to the sign-in; most ways leave the page for that. */
  readonly begin: () => Promise<SignedIn | undefined>;
};

/** Whether the person may do an act that needs a role. The app checks it again, whatever the page shows. */
export const may = ({ kind, roles }: Pick<SignedIn, 'kind' | 'roles'>, role: Role): boolean =>
  kind === 'person' && ROLES.slice(ROLES.indexOf(role)).some((one) => roles.includes(one));
