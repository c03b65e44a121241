import { keyId } from '../key-ref.ts';
import { pinsOf } from '../pins.ts';
import { instruct, type Remedy, steps } from '../remedy.ts';

/** What someone took from a key is given back. Who did it on purpose marks the key, its vault or a consumer. */

export const recover: Remedy = (_finding, { observation: { key } }) =>
  steps({ kind: 'recoverKey', target: keyId(key), parameters: { key } });

const ofVersion =
  (kind: 'enableKey' | 'setActivationDate'): Remedy =>
  ({ target }, { observation }) => {
    const { key } = observation;
    const pin = pinsOf(observation).find(({ kid }) => kid === target);
    return pin === undefined
      ? instruct()
      : steps({ kind, target: keyId(key), parameters: { key, version: pin.version } });
  };

export const enable: Remedy = ofVersion('enableKey');

export const activate: Remedy = ofVersion('setActivationDate');
