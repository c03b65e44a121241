import type { ControlInput, ControlVerb } from './controlled.ts';
import { InputError } from './controlled.ts';

/** A misspelt parameter must not pass for one that was left out. */
export const refuseUnknown = ({ parameters }: ControlVerb, input: ControlInput): void => {
  const known = Object.keys(parameters).map((name) => name.replace(/\?$/, ''));
  const faults = Object.keys(input)
    .filter((name) => !known.includes(name))
    .map((name) => `${name}: there is no such parameter; there are: ${known.join(', ') || 'none'}`);
  if (faults.length > 0) throw new InputError(faults);
};
