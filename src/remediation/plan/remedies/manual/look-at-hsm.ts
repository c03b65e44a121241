import { command } from '../../../model/command.ts';
import { vaultName } from '../../../model/key-ref.ts';
import { consumersOf } from '../../../observation/pins.ts';
import { instruct, type Remedy } from '../../remedy.ts';

/** A Managed HSM grants access by roles of its own, for one key or for all its keys. */
export const lookAtHsm: Remedy = ({ sentence }, { observation }) => {
  const { key } = observation;
  const [id = `https://${key.host}/keys/${key.name}`] = consumersOf(observation).map(({ pinned }) => pinned.kid);
  const roles = command('az keyvault role assignment list', { 'hsm-name': vaultName(key), scope: `/keys/${key.name}` });
  return instruct(
    `${sentence} Where one of them is down, look whether the key is there and enabled, ${command('az keyvault key show', { id })}, and who may use it, ${roles}.`,
  );
};
