import * as z from 'zod/mini';
import type { RouteName, RouteNamed } from '../../../surface.ts';
import type { ProblemCode } from '../../problems.ts';
import { CONTRACT } from '../contract.ts';
import type { ContractRow } from '../row.ts';
import { ANSWERS } from './answers.ts';
import { text } from './parts.ts';

/** Every refusal, in the shape of RFC 9457; some have further members. `error`: the shape that refusals had before that. */
export const problem = z.looseObject({
  type: text,
  title: text,
  status: z.int(),
  detail: text,
  error: z.strictObject({ code: text, message: text }),
});

const OF_A_CALLER = ['Unauthorized', 'Forbidden', 'NoApprovers', 'TokenNotVerified'] as const;
const OF_A_BODY = ['BadJson', 'TooMuch', 'TooLarge'] as const;

/** Refusals by what a route takes. An alert is never refused for its content: it is kept where it is not understood. */
const ofWhatIsSent = ({ name, takes }: RouteNamed<RouteName>): readonly ProblemCode[] => {
  const { body }: ContractRow = CONTRACT[name];
  if (takes === 'event') return [];
  return body ? ['BadRequest', ...OF_A_BODY] : ['BadRequest'];
};

const ofOldPaths = ({ keyed }: RouteNamed<RouteName>): readonly ProblemCode[] =>
  keyed.level === 'none' ? [] : ['MovedToKeyed'];

/** All refusals of a route: those of every route, those by what it takes, and those of its own row. */
export const refusalsOf = (route: RouteNamed<RouteName>): readonly ProblemCode[] => [
  ...ofOldPaths(route),
  ...ofWhatIsSent(route),
  ...OF_A_CALLER,
  ...ANSWERS[route.name].refuses,
  'AzureUnavailable',
  'InternalError',
];
