import { keyId, parseKeyId } from '../../remediation/model/key-ref.ts';
import { parseLooseResourceId, parseResourceId } from '../../remediation/model/resource-id.ts';

/**
 * The code of an answer about another resource than the requested one. The answer is refused, and the requested
 * resource stays unknown.
 */
export const ANOTHER_ANSWER = 'AnotherAnswer';

const refuse = (asked: string, answered: string): never => {
  const why = `Azure was asked for ${asked} and answered with ${answered}, which is not looked at; read both with az resource show, and open a support request`;
  throw Object.assign(new Error(why), { code: ANOTHER_ANSWER });
};

/** Azure gives a role definition its own id, whatever the scope of the request. */
const ROLES = 'microsoft.authorization/roledefinitions';

/**
 * The answer to a read of a resource, by its ARM id or its path. The scope check uses the requested id, so an answer
 * with the id of another resource is refused. An answer without an id is accepted.
 */
export const answerOf = <Answer>(asked: string, answer: Answer): Answer => {
  const { id } = (answer ?? {}) as { readonly id?: unknown };
  const wanted = parseResourceId(asked);
  if (wanted === undefined || typeof id !== 'string' || id === '') return answer;
  const answered = parseLooseResourceId(id);
  return answered?.id === wanted.id || wanted.type === ROLES ? answer : refuse(asked, id);
};

/** The same check for a key or a version, by the identifier that the vault gives it. */
export const keyAnswerOf = <Answer extends { readonly kid: string }>(asked: string, answer: Answer): Answer => {
  const [wanted, answered] = [parseKeyId(asked), parseKeyId(answer.kid)];
  if (wanted === undefined || answer.kid === '') return answer;
  const isSame =
    answered !== undefined &&
    keyId(answered.key) === keyId(wanted.key) &&
    (wanted.version === undefined || wanted.version === answered.version);
  return isSame ? answer : refuse(asked, answer.kid);
};
