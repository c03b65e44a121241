import { createContext, useContext } from 'react';
import type { SignedIn } from '../sign-in/signed-in.ts';

export const WhoContext = createContext<SignedIn | undefined>(undefined);

/** The person who looks at the page. Below the gate there always is one. */
export const useWho = (): SignedIn => {
  const who = useContext(WhoContext);
  if (!who) throw new Error('Nobody is signed in above');
  return who;
};
