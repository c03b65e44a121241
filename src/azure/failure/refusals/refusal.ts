import type { Cure } from '../../../remediation/model/records.ts';
import { azValue } from '../../../remediation/model/shell-word.ts';
import type { Failure } from '../failure.ts';
import type { CallSubject } from '../subject.ts';

/** One reason for which Azure refuses a write for good, or for a long time. */
export type WriteRefusal = {
  fits(failure: Failure, subject: CallSubject): boolean;
  /** The event that ends the refusal. The product waits for a person's change, and retries later where time cures it. */
  readonly cure: Cure;
  /** Sentences that follow Azure's own text: the obstacle, and the command that removes it. */
  says(failure: Failure, subject: CallSubject): string;
};

/** The most characters of Azure's text that are read: its first sentences name the obstacle. */
const MOST = 8192;

export const wordsOf = ({ message }: Failure): string => message.slice(0, MOST);

export const codes = (...names: readonly string[]) => {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return ({ code }: Failure): boolean => known.has(code.toLowerCase());
};

/** Azure names the caller in its refusal: `oid=…` in Key Vault, `object id '…'` in ARM. */
export const callerOf = (failure: Failure): string =>
  /(?:oid=|object id ')([0-9a-f-]{36})/i.exec(wordsOf(failure))?.[1] ?? '<object id of the function app>';

export const valueOr = (value: string | undefined, otherwise: string): string =>
  value === undefined || value === '' ? otherwise : azValue(value);
