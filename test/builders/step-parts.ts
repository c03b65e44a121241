import { isDataAction } from '../../src/remediation/model/data-actions.ts';
import { CONSUMER_KINDS } from '../../src/remediation/model/profiles.ts';
import { type PartName, partOfAction } from '../../src/remediation/model/role-parts.ts';
import { actionsOf } from '../../src/remediation/steps/make-step.ts';
import type { StepKind, StepSpec } from '../../src/remediation/steps/steps.ts';
import { KEY, kidOf, V1, V2 } from './observation.ts';

const MODELS = ['accessPolicies', 'rbac'] as const;
const IDENTITIES = ['system', 'user'] as const;
const vaultId = '/subscriptions/s/vaults/contoso';

/** Specs of a kind for every consumer, permission model and identity, with the parameters of all kinds. */
const specsOf = (kind: StepKind): readonly StepSpec[] =>
  CONSUMER_KINDS.flatMap((consumerKind) =>
    MODELS.flatMap((model) =>
      IDENTITIES.map((identity) => {
        const key = { vaultId, host: KEY.host, key: KEY, version: V1, kid: kidOf(V1), newKid: kidOf(V2) };
        const consumer = { consumerKind, consumerId: '/s/orders', principalId: 'p', identity: { kind: identity } };
        return { kind, target: vaultId, parameters: { ...key, ...consumer, model } } as unknown as StepSpec;
      }),
    ),
  );

/** Every action that a kind of step may need. */
export const actionsOfKind = (kind: StepKind): readonly string[] => [...new Set(specsOf(kind).flatMap(actionsOf))];

/** The actions with which a kind of step writes, in either plane: all its actions but reads. */
export const writesOfKind = (kind: StepKind): readonly string[] =>
  actionsOfKind(kind).filter((action) => !/\/read$/.test(action));

/** The part of the role that a kind of step is of. */
export const partOfStep = (kind: StepKind): PartName => {
  const parts = new Set(writesOfKind(kind).map((action) => (isDataAction(action) ? 'keys' : partOfAction(action))));
  const [part, other] = parts;
  if (part === undefined || other !== undefined) throw new Error(`${kind} is of the parts ${[...parts].join(', ')}`);
  return part;
};
