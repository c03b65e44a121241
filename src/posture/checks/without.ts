import type { ProductFacts } from '../facts.ts';
import { holds, type Judgement } from '../judgement.ts';

/** A check of the product itself: it passes where the list of faults is empty. */
export const without =
  (what: string, wrong: (product: ProductFacts) => readonly string[]) =>
  (product: ProductFacts): Judgement => {
    const found = wrong(product);
    return holds(found.length === 0, found.length === 0 ? `no ${what}` : `${what}: ${found.join('; ')}`);
  };
