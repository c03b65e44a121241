import type { Entra } from '../entra.ts';
import type { Signer } from '../signer.ts';
import type { Grants } from './grants.ts';
import type { Sessions } from './sessions.ts';

/** What people's signing in needs of the directory, and what it keeps. */
export type SignIn = {
  readonly entra: Entra;
  readonly signer: Signer;
  readonly grants: Grants;
  readonly sessions: Sessions;
  /** Milliseconds of the world's clock. */
  readonly now: () => number;
};

/** As Entra names somebody's account in tokens. */
export const accountOf = ({ name }: { readonly name: string }): string => `${name}@example.com`;

/** `client_info`, by which MSAL tells accounts apart. */
export const clientInfo = (objectId: string, tenantId: string): string =>
  Buffer.from(JSON.stringify({ uid: objectId, utid: tenantId })).toString('base64url');
