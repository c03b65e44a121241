import { type Door, refusal } from './door.ts';
import { PROBLEMS, type ProblemCode } from './problems.ts';

const isCode = (name: string): name is ProblemCode => Object.hasOwn(PROBLEMS, name);

/** GET: the meaning of a problem code, and the fix. The `type` of a problem links here. */
export const getProblem: Door = async ({ params }) => {
  const code = params['code'] ?? '';
  if (isCode(code)) return { status: 200, body: { code, ...PROBLEMS[code] } };
  const all = Object.keys(PROBLEMS).join(', ');
  return refusal(404, 'NotFound', `There is no problem ${code.slice(0, 80)}. There are ${all}.`);
};
