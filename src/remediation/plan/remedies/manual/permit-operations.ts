import { command } from '../../../model/command.ts';
import { missingOperations } from '../../../observation/key-operations.ts';
import { readPins } from '../../../observation/pins.ts';
import { instruct, type Remedy } from '../../remedy.ts';
import { makeFittingKey } from './posture.ts';

/**
 * Only a person knows whether somebody took the operation away on purpose. No consumer is revalidated before the operation is
 * back. Only an RSA key can be given these operations.
 */
export const permitOperations: Remedy = (finding, context) => {
  const pin = readPins(context.observation).find(({ kid }) => kid === finding.target);
  if (pin === undefined) return instruct();
  if (!pin.facts.keyType.toUpperCase().startsWith('RSA')) return makeFittingKey(finding, context);
  const ops = [...(pin.facts.operations ?? []), ...missingOperations(pin.facts)];
  return instruct(
    `${finding.sentence} If nobody meant that, permit it again: ${command('az keyvault key set-attributes', { id: pin.kid, ops })}.`,
  );
};
