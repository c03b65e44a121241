import { byName, command } from '../../model/command.ts';
import { both, instruct, type Remedy, steps } from '../remedy.ts';

/** What cannot be undone is only ever done on request: it protects, and repairs nothing. */
const ofVault =
  (kind: 'enableSoftDelete' | 'enablePurgeProtection', option: string): Remedy =>
  ({ target, sentence }, { observation: { key, vault } }) => {
    if (vault.kind !== 'present') return instruct();
    const update = command('az keyvault update', { ...byName(vault.value.id), [option]: 'true' });
    return both(
      steps({ kind, target, parameters: { vaultId: target, host: key.host } }),
      instruct(`${sentence} It cannot be turned off again: request the step ${kind}, or run ${update}.`),
    );
  };

export const protectByRetention: Remedy = ofVault('enableSoftDelete', 'enable-soft-delete');

export const protectFromPurge: Remedy = ofVault('enablePurgeProtection', 'enable-purge-protection');
