import type { Cure } from '../../../remediation/model/records.ts';
import { azValue } from '../../../remediation/model/shell-word.ts';
import type { Failure } from '../failure.ts';
import type { CallSubject } from '../subject.ts';

/** One way in which Azure says no to a write for good, or for long. */
export type WriteRefusal = {
  fits(failure: Failure, subject: CallSubject): boolean;
  /** What ends it. A person's change is waited for, and time is given to what it cures. */
  readonly cure: Cure;
  /** Sentences that follow Azure's own words: who stands in the way, and the command that fixes it. */
  says(failure: Failure, subject: CallSubject): string;
};

/** As much of Azure's text as is read: it names what is in the way in its first sentences. */
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
