import { keyId, parseKeyId } from '../../remediation/model/key-ref.ts';
import { parseLooseResourceId, parseResourceId } from '../../remediation/model/resource-id.ts';

/** The code of an answer that is about something else than was asked: it is refused, and what was asked stays unknown. */
export const ANOTHER_ANSWER = 'AnotherAnswer';

const refuse = (asked: string, answered: string): never => {
  const why = `Azure was asked for ${asked} and answered with ${answered}, which is not looked at; read both with az resource show, and open a support request`;
  throw Object.assign(new Error(why), { code: ANOTHER_ANSWER });
};

/** Azure names the definition of a role at whatever scope it was asked for. */
const ROLES = 'microsoft.authorization/roledefinitions';

/**
 * The answer to a read of a resource, by its ARM id or its path. Whether a resource is in scope is decided by the id that is
 * asked for: so an answer that bears the id of another one is none. What bears no id is believed.
 */
export const answerOf = <Answer>(asked: string, answer: Answer): Answer => {
  const { id } = (answer ?? {}) as { readonly id?: unknown };
  const wanted = parseResourceId(asked);
  if (wanted === undefined || typeof id !== 'string' || id === '') return answer;
  const answered = parseLooseResourceId(id);
  return answered?.id === wanted.id || wanted.type === ROLES ? answer : refuse(asked, id);
};

/** The same of a key, or one version of it, by the identifier that its vault gives it. */
export const keyAnswerOf = <Answer extends { readonly kid: string }>(asked: string, answer: Answer): Answer => {
  const [wanted, answered] = [parseKeyId(asked), parseKeyId(answer.kid)];
  if (wanted === undefined || answer.kid === '') return answer;
  const isSame =
    answered !== undefined &&
    keyId(answered.key) === keyId(wanted.key) &&
    (wanted.version === undefined || wanted.version === answered.version);
  return isSame ? answer : refuse(asked, answer.kid);
};
