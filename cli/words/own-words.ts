import { InvalidArgumentError } from 'commander';

const PLACE = /^<[^<>]*>$/;

/**
 * A reason as it was typed. @throws InvalidArgumentError for `<why>`, by which printed commands show where the reason goes: the
 * ledger keeps what is said for good.
 */
export const ownWords = (typed: string): string => {
  if (!PLACE.test(typed.trim())) return typed;
  throw new InvalidArgumentError('Put your own words there: the ledger keeps them for good.');
};
