import { byName, command } from '../../../model/command.ts';
import { vaultName } from '../../../model/key-ref.ts';
import { azValue } from '../../../model/shell-word.ts';
import { instruct, type Remedy } from '../../remedy.ts';

/** Only a person can know whether the vault was moved or made again on purpose. */
export const acceptManually: Remedy = ({ target, evidence, sentence }, { observation: { key } }) => {
  const ids = [String(evidence['was']), target].map(azValue).join(' ');
  const accept = command(`cmk-guardian accept-vault ${ids}`, { host: key.host, why: '<why>' });
  return instruct(
    `${sentence} Nothing is done to it, whoever approves. Find out who made it: ${command('az keyvault show', byName(target))}. If it was moved, or made again on purpose, a person with the role Approver says so: ${accept}.`,
  );
};

export const restoreOtherManually: Remedy = ({ sentence }, { observation: { key } }) =>
  instruct(
    `${sentence} Nothing is done about it, whoever approves. Keep it from being used, find out who made it, ${command('az keyvault key list-versions', { 'vault-name': vaultName(key), name: key.name })}, and restore the key that was in use from its backup under that name once it is free.`,
  );
