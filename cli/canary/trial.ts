import type { GraphAnswer } from '../../infra/sign-in/graph.ts';
import { known } from './known-failure.ts';

/**
 * What became of one assumption. `holds`: Azure does what the product counts on. `either`: it does one of the two for which the product is
 * made. `fails`: it does another thing. `unknown`: it could not be tried.
 */
export type Trial = {
  readonly assumption: string;
  readonly verdict: 'holds' | 'either' | 'fails' | 'unknown';
  /** What was seen, in a sentence. */
  readonly seen: string;
};

/** `403 KeyDisabled`, as the service has said it. */
export const saidIn = (answer: GraphAnswer): string => {
  const code = known(answer);
  return code === undefined ? String(answer.status) : `${answer.status} ${code}`;
};

export const unknown = (assumption: string, answer: GraphAnswer): Trial => ({
  assumption,
  verdict: 'unknown',
  seen: `It could not be tried: Azure has answered ${saidIn(answer)}.`,
});
