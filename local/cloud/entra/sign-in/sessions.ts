import { randomUUID } from 'node:crypto';

/** The people who are signed in at Entra itself, by the cookie of a browser. */
export type Sessions = {
  begin(principalId: string): string;
  /** The session that a request's cookies name, as long as it lasts. */
  of(cookies: string | undefined): Session | undefined;
  end(id: string): void;
};

export type Session = { readonly id: string; readonly principalId: string };

const COOKIE = 'ESTSAUTH';

/** The cookie is also sent in frames of other sites, as silent sign-in needs. */
const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=None';

export const sessionCookie = (id: string): string => `${COOKIE}=${id}; ${ATTRIBUTES}`;

export const noSessionCookie = `${COOKIE}=; Max-Age=0; ${ATTRIBUTES}`;

export const createSessions = (): Sessions => {
  const sessions = new Map<string, Session>();
  return {
    begin: (principalId) => {
      const id = randomUUID();
      sessions.set(id, { id, principalId });
      return id;
    },
    of: (cookies = '') => {
      const pairs = cookies.split(';').map((pair) => pair.trim().split('=', 2));
      const id = pairs.find(([name]) => name === COOKIE)?.[1];
      return id === undefined ? undefined : sessions.get(id);
    },
    end: (id) => {
      sessions.delete(id);
    },
  };
};
