import type { Guardian } from '../loop/guardian.ts';
import { isHsmHost, parseKeyId } from '../remediation/model/key-ref.ts';
import { profileOfType } from '../remediation/model/profiles.ts';
import { isReached, whyUnknown } from '../remediation/model/reach.ts';
import type { RequestParameters } from '../remediation/model/records.ts';
import { parseResourceId } from '../remediation/model/resource-id.ts';
import { STEP_KINDS, STEPS } from '../remediation/steps/steps.ts';
import { choices, EXAMPLES_OF_CHOICES } from './contract/looks.ts';
import { refusal } from './door.ts';
import { type ParsedBody, parseBody, shownIn } from './parse-body.ts';
import type { ProblemCode } from './problems.ts';

/** The choices in a start of a repair, and the body without them. */
export type RepairOptions = { readonly parameters?: RequestParameters; readonly body: unknown };

type Parameters = ParsedBody<RequestParameters>;

const EXAMPLE = shownIn({ examples: EXAMPLES_OF_CHOICES });

const refused = (status: number, code: ProblemCode, message: string): ParsedBody<never> => ({
  kind: 'refused',
  answer: refusal(status, code, message),
});
const bad = (message: string): ParsedBody<never> => refused(400, 'BadRequest', `${message} Send ${EXAMPLE}.`);

/** Checks that the key version exists and is enabled. Only Azure knows whether the consumer may use it. */
const readNewKey = async ({ azure }: Guardian, newKey: string): Promise<Parameters> => {
  const named = parseKeyId(newKey);
  if (!named?.version) return bad(`newKey is '${newKey}', which is no key identifier with a version.`);
  if (isHsmHost(named.key.host))
    return refused(
      422,
      'CannotBeRead',
      `${newKey} is in a Managed HSM, of which nothing is read. Name a version in a vault.`,
    );
  const version = await azure.readKeyVersion(named.key, named.version);
  if (version.kind === 'unknown') {
    const isOutside = (await azure.isInScope(named.key)).kind === 'absent';
    const why = `${newKey} is not used: ${version.reason}.`;
    return isOutside ? refused(403, 'OutOfScope', why) : refused(422, 'CannotBeRead', why);
  }
  if (version.kind === 'absent') return refused(404, 'NotFound', `${newKey} does not exist.`);
  const { enabled, kid } = version.value;
  if (!enabled) return refused(409, 'KeyDisabled', `${newKey} is disabled. Enable it first, or name another version.`);
  return { kind: 'value', value: { newKid: kid } };
};

const readIdentity = ({ settings }: Guardian, identity: string, resource: string): Parameters => {
  const { id, type } = parseResourceId(identity) ?? {};
  if (!id || type !== 'microsoft.managedidentity/userassignedidentities')
    return bad(`identity is '${identity}', which is no id of a user-assigned identity.`);
  const unknownIn = whyUnknown(id, settings.reach());
  if (unknownIn !== undefined) return refused(422, 'CannotBeRead', `${identity} is not chosen: ${unknownIn}.`);
  if (!isReached(id, settings.reach())) return refused(403, 'OutOfScope', `${identity} is outside GUARDIAN_SCOPE.`);
  const profile = profileOfType(parseResourceId(resource)?.type ?? '');
  if (profile && !profile.identities.includes('user'))
    return bad(`A ${profile.noun} has a system-assigned identity and can have no other.`);
  return { kind: 'value', value: { identity: id } };
};

/** Refuses a choice that this step does not take. `name`: as the caller names the choice. */
const refusalOf = (name: string, of: keyof RequestParameters, step: string): ParsedBody<never> | undefined => {
  const takers: readonly string[] = STEP_KINDS.filter((kind) => {
    const { choice } = STEPS[kind];
    return choice !== 'nothing' && choice.of === of;
  });
  return takers.includes(step) ? undefined : bad(`${step} takes no ${name}; ${takers.join(' or ')} does.`);
};

/** The key version or identity that a repair shall use. All other members stay in `body` for the next reader. */
export const readRepairOptions = async (
  step: string,
  sent: unknown,
  guardian: Guardian,
): Promise<ParsedBody<RepairOptions>> => {
  const parsed = parseBody(choices, sent, EXAMPLE);
  if (parsed.kind === 'refused') return parsed;
  const { newKey, identity, ...body } = parsed.value;
  if (newKey === undefined && identity === undefined) return { kind: 'value', value: { body } };
  const misplaced =
    (newKey === undefined ? undefined : refusalOf('newKey', 'newKid', step)) ??
    (identity === undefined ? undefined : refusalOf('identity', 'identity', step));
  if (misplaced !== undefined) return misplaced;
  const resource = body['resource'];
  if (typeof resource !== 'string') return bad('Name the resource that shall get it.');
  const parameters =
    newKey === undefined ? readIdentity(guardian, identity ?? '', resource) : await readNewKey(guardian, newKey);
  return parameters.kind === 'refused' ? parameters : { kind: 'value', value: { parameters: parameters.value, body } };
};
