import { byName, command } from '../../model/command.ts';
import type { Named } from '../../steps/step-kinds/step-kind.ts';
import type { StepSpec } from '../../steps/steps.ts';
import { both, instruct, type Remedy, steps } from '../remedy.ts';

type OfVault = Named<{ readonly vaultId: string; readonly host: string }>;

/** What cannot be undone is only ever done on request: it protects, and repairs nothing. */
const ofVault =
  (option: string, specOf: (named: OfVault) => StepSpec): Remedy =>
  ({ target, sentence }, { observation: { key, vault } }) => {
    if (vault.kind !== 'present') return instruct();
    const update = command('az keyvault update', { ...byName(vault.value.id), [option]: 'true' });
    const spec = specOf({ target, parameters: { vaultId: target, host: key.host } });
    return both(
      steps(spec),
      instruct(`${sentence} It cannot be turned off again: request the step ${spec.kind}, or run ${update}.`),
    );
  };

export const protectByRetention: Remedy = ofVault('enable-soft-delete', (named) => ({
  kind: 'enableSoftDelete',
  ...named,
}));

export const protectFromPurge: Remedy = ofVault('enable-purge-protection', (named) => ({
  kind: 'enablePurgeProtection',
  ...named,
}));
