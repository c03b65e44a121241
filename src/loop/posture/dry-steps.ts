import type { VaultReach } from '../../posture/coverage-facts.ts';
import type { Obstacle } from '../../posture/obstacle.ts';
import { obstaclesTo } from '../../posture/obstacles.ts';
import { placeOfStep } from '../../posture/step-needs.ts';
import { type ConsumerFacts, present } from '../../remediation/model/facts.ts';
import { keyId, keyOf } from '../../remediation/model/key-ref.ts';
import { consumersOf } from '../../remediation/observation/pins.ts';
import type { Risk } from '../../remediation/steps/risk.ts';
import type { Step } from '../../remediation/steps/step.ts';
import type { KeyState } from '../../store/key-state.ts';
import type { Guardian } from '../guardian.ts';
import type { KeyLook } from '../reconcile/look.ts';

/**
 * One step as it would be done: its risk, its undo, the Azure actions that it needs, and the other resources that it
 * would touch.
 */
export type DryStep = {
  readonly stepId: string;
  readonly kind: Step['kind'];
  readonly target: string;
  readonly sentence: string;
  /** The verdict of the policy now, and the reason where the step does not run. */
  readonly verdict: 'run' | 'ask' | 'report';
  readonly why?: string;
  readonly risk: Risk;
  readonly undo: string;
  /** Azure actions, as in the product's role. */
  readonly needs: readonly string[];
  /** Whether the product has the needed rights; `null` where that is unknown. */
  readonly may: boolean | null;
  readonly obstacles: readonly Omit<Obstacle, 'certain'>[];
  /** Ids of the other keys and consumers that use the target of the step, as last seen: at most a hundred of each. */
  readonly alsoUses: { readonly keys: readonly string[]; readonly consumers: readonly string[] };
};

const SHOWN = 100;

type Seen = Pick<KeyState, 'keyId' | 'consumers'>;

const lower = ({ id }: Pick<ConsumerFacts, 'id'>): string => id.toLowerCase();

/** Whether the step touches another key: it writes to that key's vault, or to a consumer that uses both keys. */
const isTouched = (step: Step, own: string, { keyId: id, consumers }: Seen): boolean => {
  if (id === own || !consumers?.consumers.length) return false;
  const place = placeOfStep(step.kind);
  if (place === 'vault') return keyOf(id).host === keyOf(own).host;
  return place === 'consumer' && consumers.consumers.some((one) => lower(one) === step.target.toLowerCase());
};

const alsoUses = (step: Step, own: string, seen: readonly Seen[]): DryStep['alsoUses'] => {
  const touched = seen.filter((one) => isTouched(step, own, one));
  const isOfKey = placeOfStep(step.kind) !== 'consumer';
  const users = [...touched, ...(isOfKey ? seen.filter(({ keyId: id }) => id === own) : [])];
  const consumers = new Set(users.flatMap(({ consumers: known }) => (known?.consumers ?? []).map(lower)));
  return {
    keys: touched.map(({ keyId: id }) => id).slice(0, SHOWN),
    consumers: [...consumers].filter((id) => !step.serves.includes(id) && id !== step.target).slice(0, SHOWN),
  };
};

/**
 * The product's present access to the vault: one call of the data plane, lists of its own role assignments, and lists
 * of locks.
 */
const readReach = async ({ azure }: Pick<Guardian, 'azure'>, { observation }: KeyLook): Promise<VaultReach> => {
  const { key, vault } = observation;
  const isThere = vault.kind === 'present';
  const [rights, history] = await Promise.all([
    azure.posture.rights(),
    isThere ? azure.posture.history(key, vault.value) : undefined,
  ]);
  return {
    key,
    vault,
    dataPlane: history?.dataPlane ?? { kind: 'unknown', reason: 'there is no vault to ask' },
    keysSeen: present(true),
    ...rights,
    consumers: consumersOf(observation).map(({ id, kind }) => ({ id, kind })),
  };
};

/**
 * For a step on a consumer only that consumer counts: a lock or a missing right on another consumer does not block the
 * step.
 */
const reachOf = (step: Step, reach: VaultReach): VaultReach => {
  const own = new Set([step.target.toLowerCase(), ...step.serves]);
  return { ...reach, consumers: reach.consumers.filter((one) => own.has(lower(one))) };
};

const mayOf = (obstacles: readonly Obstacle[]): boolean | null => {
  if (obstacles.some(({ certain }) => certain)) return false;
  return obstacles.length > 0 ? null : true;
};

/** The steps that a look would do. This function reads, and writes nothing. */
export const drySteps = async (guardian: Guardian, look: KeyLook): Promise<readonly DryStep[]> => {
  const { verdicts } = look.decision;
  if (verdicts.length === 0) return [];
  const own = keyId(look.observation.key);
  const reach = await readReach(guardian, look);
  const seen: readonly Seen[] = await Array.fromAsync(guardian.store.keyRows.listConsumers());
  return verdicts.map((one): DryStep => {
    const { step, verdict } = one;
    const { stepId, kind, target, sentence, risk, undo, actions: needs } = step;
    const obstacles = obstaclesTo(kind, reachOf(step, reach));
    return {
      stepId,
      kind,
      target,
      sentence,
      verdict,
      ...('why' in one && { why: one.why }),
      risk,
      undo,
      needs,
      may: mayOf(obstacles),
      obstacles: obstacles.map(({ why, commands }) => ({ why, commands })),
      alsoUses: alsoUses(step, own, seen),
    };
  });
};
