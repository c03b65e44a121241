import type * as z from 'zod/mini';
import type { RouteName, RouteNamed } from '../../../surface.ts';
import { PROBLEM_TYPE } from '../../door.ts';
import { PROBLEMS, type ProblemCode } from '../../problems.ts';
import { ANSWERS } from '../answers/answers.ts';
import type { Answers, DocumentedAnswer } from '../answers/answers-row.ts';
import { ANSWER_EXAMPLES } from '../answers/examples.ts';
import { refusalsOf } from '../answers/refusals.ts';
import type { JsonSchema } from './schemas.ts';

type Response = {
  readonly description: string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, unknown>>;
};

export type RefTo = (schema: z.ZodMiniType) => JsonSchema;

const isText = { schema: { type: 'string' } };

const answered = ({ is, schema, orAs, headers = {} }: DocumentedAnswer, refTo: RefTo, example: unknown): Response => {
  const named = Object.entries(headers).map(([name, description]) => [name, { description, ...isText }]);
  return {
    description: is,
    ...(named.length > 0 && { headers: Object.fromEntries(named) }),
    ...(schema && {
      content: {
        'application/json': { schema: refTo(schema), ...(example !== undefined && { example }) },
        ...(orAs && { [orAs]: isText }),
      },
    }),
  };
};

const refused = (codes: readonly ProblemCode[]): Response => ({
  description: codes.map((code) => `${code}: ${PROBLEMS[code].title}.`).join(' '),
  content: {
    [PROBLEM_TYPE]: {
      schema: { $ref: '#/components/schemas/Problem' },
      examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
    },
  },
});

const both = (one: Response | undefined, other: Response): Response => ({
  description: [one?.description, other.description].filter(Boolean).join('. '),
  content: { ...one?.content, ...other.content },
});

/** Everything that a route may answer, by status. */
export const responsesOf = (route: RouteNamed<RouteName>, refTo: RefTo): Readonly<Record<string, Response>> => {
  const responses = new Map<string, Response>();
  const { answers }: Answers = ANSWERS[route.name];
  const examples: Readonly<Partial<Record<RouteName, unknown>>> = ANSWER_EXAMPLES;
  for (const [status, answer] of Object.entries(answers))
    responses.set(status, answered(answer, refTo, status === '200' ? examples[route.name] : undefined));
  for (const [status, codes] of Map.groupBy(refusalsOf(route), (code) => String(PROBLEMS[code].status)))
    responses.set(status, both(responses.get(status), refused(codes)));
  return Object.fromEntries([...responses].toSorted(([one], [other]) => one.localeCompare(other)));
};
