import type { Guardian } from '../../client/send.ts';

/** The app roles of people, each of which may do what those before it may. */
export const ROLES = ['Reader', 'Requester', 'Operator', 'Approver'] as const;

export type Role = (typeof ROLES)[number];

/** The person who looks at the page, and how requests of the page are proven. */
export type SignedIn = {
  /** `key`: by a function key, which the page uses for reading alone. */
  readonly kind: 'person' | 'key';
  readonly name?: string;
  readonly roles: readonly Role[];
  readonly guardian: Guardian;
  /** Has a new token issued, after a role was activated or taken. */
  readonly refreshRights?: () => Promise<SignedIn>;
  /** Leads to where one signs in, or types the key of now, once what there was is accepted no more. */
  readonly signInAgain: () => Promise<void>;
  readonly signOut: () => Promise<void>;
};

/** How people sign in where they do. It is loaded only there. */
export type Way = {
  /** The person who is signed in already, or has just come back from signing in. */
  readonly restore: () => Promise<SignedIn | undefined>;
  /** Leads to where one signs in; most ways leave the page for that. */
  readonly begin: () => Promise<SignedIn | undefined>;
};

/** Whether somebody may do what takes a role. The app decides it again, whatever the page shows. */
export const may = ({ kind, roles }: Pick<SignedIn, 'kind' | 'roles'>, role: Role): boolean =>
  kind === 'person' && ROLES.slice(ROLES.indexOf(role)).some((one) => roles.includes(one));
