import { createContext, useContext } from 'react';
import type { SignedIn } from '../sign-in/signed-in.ts';

export const WhoContext = createContext<SignedIn | undefined>(undefined);

/** The person who looks at the page. Views are shown only after sign-in, so there always is such a person. */
export const useWho = (): SignedIn => {
  const who = useContext(WhoContext);
  if (!who) throw new Error('Nobody is signed in above');
  return who;
};
