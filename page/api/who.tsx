import { createContext, useContext } from 'react';
import type { SignedIn } from '../sign-in/signed-in.ts';

export const WhoContext = createContext<SignedIn | undefined>(undefined);

/** Who looks; everything below the gate has somebody. */
export const useWho = (): SignedIn => {
  const who = useContext(WhoContext);
  if (!who) throw new Error('Nobody is signed in above');
  return who;
};
