import type { ControlInput, ControlVerb } from './verbs.ts';

/** Input that a verb cannot take; every fault is a sentence. */
export class InputError extends Error {
  readonly faults: string[];

  constructor(faults: string[]) {
    super('The input is wrong.');
    this.name = 'InputError';
    this.faults = faults;
  }
}

/** A misspelt parameter must not pass for one that was left out. */
export const refuseUnknown = ({ parameters }: ControlVerb, input: ControlInput): void => {
  const known = Object.keys(parameters).map((name) => name.replace(/\?$/, ''));
  const faults = Object.keys(input)
    .filter((name) => !known.includes(name))
    .map((name) => `${name}: there is no such parameter; there are: ${known.join(', ') || 'none'}`);
  if (faults.length > 0) throw new InputError(faults);
};
