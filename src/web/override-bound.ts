import { inForce } from '../remediation/model/in-force.ts';
import type { DoNotHeal, Pause } from '../store/overrides.ts';
import { type DoorAnswer, refusal } from './door.ts';

/**
 * The most pauses of everything, and the most pauses of scopes together with do-not-heal records. Every look at a key reads all
 * of them: a holder of a key who gives thousands would slow down repairs. Pauses of everything have their own bound, so that
 * other overrides can never prevent one: beyond the bound everything is paused already.
 */
export const MOST_OVERRIDES = 500;

type Given = Pick<Pause, 'by' | 'why' | 'until' | 'scope'> & { readonly target?: string };

const isSame = (one: Given, other: Given): boolean =>
  (['by', 'why', 'until', 'scope', 'target'] as const).every((field) => one[field] === other[field]);

type Standing = { readonly pauses: readonly Pause[]; readonly doNotHeal: readonly DoNotHeal[] };

/** The overrides that share a bound with this override: the pauses of everything, or all narrower overrides. */
const beside = ({ pauses, doNotHeal }: Standing, override: Given): readonly Given[] =>
  override.target === undefined && override.scope === undefined
    ? pauses.filter(({ scope }) => scope === undefined)
    : [...pauses.filter(({ scope }) => scope !== undefined), ...doNotHeal];

/** Refuses an override where too many are in force. An override that exists already in the same words adds none. */
export const tooMany = (standing: Standing, override: Given): DoorAnswer | undefined => {
  const others = beside(standing, override).filter((one) => inForce(one.until, new Date()));
  if (others.length < MOST_OVERRIDES || others.some((one) => isSame(one, override))) return undefined;
  return refusal(
    409,
    'TooManyOverrides',
    `${others.length} overrides are in force, and no more are taken: every look at a key reads them. GET /api/overrides lists them; lift what nobody needs, or give one for a resource group or a subscription instead.`,
  );
};
