import type { GraphAnswer } from '../../infra/sign-in/graph.ts';
import { known } from './known-failure.ts';

/**
 * The result of one assumption. `holds`: Azure behaves as the product assumes. `either`: Azure behaves in one of the two ways
 * that the product handles. `fails`: it behaves in another way. `unknown`: the trial was not possible.
 */
export type Trial = {
  readonly assumption: string;
  readonly verdict: 'holds' | 'either' | 'fails' | 'unknown';
  /** The observation, in a sentence. */
  readonly seen: string;
};

/** `403 KeyDisabled`: the refusal of the service. */
export const saidIn = (answer: GraphAnswer): string => {
  const code = known(answer);
  return code === undefined ? String(answer.status) : `${answer.status} ${code}`;
};

export const unknown = (assumption: string, answer: GraphAnswer): Trial => ({
  assumption,
  verdict: 'unknown',
  seen: `It could not be tried: Azure has answered ${saidIn(answer)}.`,
});
