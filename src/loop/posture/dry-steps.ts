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

/** One step as it would be done: what it risks, what undoes it, what it needs, and whom it would touch besides those that it is for. */
export type DryStep = {
  readonly stepId: string;
  readonly kind: Step['kind'];
  readonly target: string;
  readonly sentence: string;
  /** Policy's word now, and why where it does not run. */
  readonly verdict: 'run' | 'ask' | 'report';
  readonly why?: string;
  readonly risk: Risk;
  readonly undo: string;
  /** Azure actions, as in the product's role. */
  readonly needs: readonly string[];
  /** Whether the product may: `null` where nobody can tell. */
  readonly may: boolean | null;
  readonly obstacles: readonly Omit<Obstacle, 'certain'>[];
  /** Ids of what else uses what is written to, as it was last seen: at most a hundred of each. */
  readonly alsoUses: { readonly keys: readonly string[]; readonly consumers: readonly string[] };
};

const SHOWN = 100;

type Seen = Pick<KeyState, 'keyId' | 'consumers'>;

const lower = ({ id }: Pick<ConsumerFacts, 'id'>): string => id.toLowerCase();

/** Whether another key hangs on what the step writes to: on its vault, or on a consumer that uses both. */
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

/** How the product stands to the vault now: one call of the data plane, and lists of its own roles and of locks. */
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

/** Of a consumer's step only its own consumers count: another one's lock or missing right is not in its way. */
const reachOf = (step: Step, reach: VaultReach): VaultReach => {
  const own = new Set([step.target.toLowerCase(), ...step.serves]);
  return { ...reach, consumers: reach.consumers.filter((one) => own.has(lower(one))) };
};

const mayOf = (obstacles: readonly Obstacle[]): boolean | null => {
  if (obstacles.some(({ certain }) => certain)) return false;
  return obstacles.length > 0 ? null : true;
};

/** What a look would do, step by step. Reads, and writes nothing. */
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
