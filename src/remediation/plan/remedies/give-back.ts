import { type KeyRef, keyId } from '../../model/key-ref.ts';
import { pinsOf } from '../../observation/pins.ts';
import { vaultLossOf } from '../../observation/vault-loss.ts';
import type { Named } from '../../steps/step-kinds/step-kind.ts';
import type { StepSpec } from '../../steps/steps.ts';
import { instruct, type Remedy, steps } from '../remedy.ts';
import { restoreByHand } from './by-hand/lost.ts';

/** What someone took from a key is given back. Who did it on purpose marks the key, its vault or a consumer. */

export const recoverVault: Remedy = ({ target }, { observation, known }) => {
  const { host } = observation.key;
  const { vault: was } = known.baseline ?? {};
  return vaultLossOf(observation)?.kind === 'deleted'
    ? steps({
        kind: 'recoverVault',
        target,
        parameters: {
          vaultId: target,
          host,
          ...(was && { was: { tenantId: was.tenantId, permissionModel: was.permissionModel } }),
        },
      })
    : instruct();
};

export const recover: Remedy = (_finding, { observation: { key } }) =>
  steps({ kind: 'recoverKey', target: keyId(key), parameters: { key } });

export const restore: Remedy = (finding, context) => {
  const { key, backup } = context.observation;
  if (backup?.kind !== 'present') return restoreByHand(finding, context);
  const versions = pinsOf(context.observation)
    .flatMap(({ version }) => version ?? [])
    .toSorted();
  return steps({ kind: 'restoreKeyFromBackup', target: keyId(key), parameters: { key, blob: backup.value, versions } });
};

type OfVersion = Named<{ readonly key: KeyRef; readonly version: string }>;

const ofVersion =
  (specOf: (named: OfVersion) => StepSpec): Remedy =>
  ({ target }, { observation }) => {
    const { key } = observation;
    const pin = pinsOf(observation).find(({ kid }) => kid === target);
    return pin?.version === undefined
      ? instruct()
      : steps(specOf({ target: keyId(key), parameters: { key, version: pin.version } }));
  };

export const enable: Remedy = ofVersion((named) => ({ kind: 'enableKey', ...named }));

export const activate: Remedy = ofVersion((named) => ({ kind: 'setActivationDate', ...named }));
