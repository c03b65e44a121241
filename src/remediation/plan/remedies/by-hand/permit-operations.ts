import { command } from '../../../model/command.ts';
import { missingOperations } from '../../../observation/key-operations.ts';
import { readPins } from '../../../observation/pins.ts';
import { instruct, type Remedy } from '../../remedy.ts';
import { makeFittingKey } from './posture.ts';

/**
 * Whoever took an operation away has meant it, or not: only a person knows. Nothing is revalidated before it is back. No key but
 * an RSA one can be given these operations.
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
