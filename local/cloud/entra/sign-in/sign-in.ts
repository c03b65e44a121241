import type { Entra } from '../entra.ts';
import type { Signer } from '../signer.ts';
import type { Grants } from './grants.ts';
import type { Sessions } from './sessions.ts';

/** The parts of the directory that signing in reads, and the state that it keeps. */
export type SignIn = {
  readonly entra: Entra;
  readonly signer: Signer;
  readonly grants: Grants;
  readonly sessions: Sessions;
  /** Milliseconds of the world's clock. */
  readonly now: () => number;
};

/** The name of an account as Entra writes it in tokens. */
export const accountOf = ({ name }: { readonly name: string }): string => `${name}@example.com`;

/** `client_info`, by which MSAL distinguishes accounts. */
export const clientInfo = (objectId: string, tenantId: string): string =>
  Buffer.from(JSON.stringify({ uid: objectId, utid: tenantId })).toString('base64url');
