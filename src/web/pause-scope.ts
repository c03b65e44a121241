import type { Guardian } from '../loop/guardian.ts';
import { inUse, readSeen } from '../loop/memory/estate.ts';
import { isSame, named, type OverrideTarget, parseOverrideTarget } from '../remediation/model/override-target.ts';
import type { Pause } from '../store/overrides.ts';
import { bearersOf, readNamed } from './bearers.ts';
import { pauseOverride } from './contract/overrides.ts';
import { refusal } from './door.ts';
import { oneBearer } from './keys-named.ts';
import { isInReach } from './override-reach.ts';
import { type ParsedBody, shownIn } from './parse-body.ts';

const KINDS: readonly OverrideTarget['kind'][] = ['subscription', 'resourceGroup', 'vault'];

const noScope = (why: string): ParsedBody<never> => ({
  kind: 'refused',
  answer: refusal(
    422,
    'NeverMatches',
    `${why} A pause is of everything, or of a subscription or resource group by its resource id, or of a vault by its name, url or resource id, in GUARDIAN_SCOPE, such as ${shownIn(pauseOverride)}. One key or server is forbidden by PUT /api/do-not-heal.`,
  ),
});

/**
 * The id of the vault in use with this name. A vault that was never seen is refused: its pause would have no effect, and its
 * sender would think it had.
 */
const vaultNamed = async (sent: string, guardian: Pick<Guardian, 'store'>): Promise<ParsedBody<string>> => {
  const thing = readNamed(sent);
  if (thing?.kind !== 'name') return { kind: 'value', value: sent };
  const vaults = bearersOf(thing, inUse(await readSeen(guardian))).filter(({ kind }) => kind === 'vault');
  const one = oneBearer(sent, vaults);
  return one.kind === 'refused' ? one : { kind: 'value', value: one.value.id };
};

/** Reads the scope of a pause. */
export const readPauseScope = async (sent: string, guardian: Guardian): Promise<ParsedBody<OverrideTarget>> => {
  const id = await vaultNamed(sent, guardian);
  if (id.kind === 'refused') return id;
  const target = parseOverrideTarget(id.value);
  if (!target || !KINDS.includes(target.kind)) return noScope(`'${sent.slice(0, 200)}' is no scope of a pause.`);
  return isInReach(target, guardian.settings)
    ? { kind: 'value', value: target }
    : noScope(`${target.id} is outside GUARDIAN_SCOPE, where nothing is repaired anyway.`);
};

/** The pauses of exactly this scope, in any spelling; without a scope, the pauses of everything. */
export const pausesOf = (pauses: readonly Pause[], scope: string | undefined): readonly Pause[] => {
  const wanted = scope === undefined ? undefined : named(scope);
  return pauses.filter((one) =>
    wanted === undefined ? one.scope === undefined : one.scope !== undefined && isSame(named(one.scope), wanted),
  );
};
