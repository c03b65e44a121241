import * as z from 'zod/mini';
import type { RouteName, RouteNamed } from '../../../surface.ts';
import type { ProblemCode } from '../../problems.ts';
import { CONTRACT } from '../contract.ts';
import type { ContractRow } from '../row.ts';
import { ANSWERS } from './answers.ts';
import { text } from './parts.ts';

/** Every refusal, as RFC 9457 has it; some have further members. `error`: the same as before there were problems. */
export const problem = z.looseObject({
  type: text,
  title: text,
  status: z.int(),
  detail: text,
  error: z.strictObject({ code: text, message: text }),
});

const OF_A_CALLER = ['Unauthorized', 'Forbidden', 'NoApprovers', 'TokenNotVerified'] as const;
const OF_A_BODY = ['BadJson', 'TooMuch', 'TooLarge'] as const;

/** Of an alert everything is taken, and kept where it is not understood. */
const ofWhatIsSent = ({ name, takes }: RouteNamed<RouteName>): readonly ProblemCode[] => {
  const { body }: ContractRow = CONTRACT[name];
  if (takes === 'event') return [];
  return body ? ['BadRequest', ...OF_A_BODY] : ['BadRequest'];
};

const ofOldPaths = ({ keyed }: RouteNamed<RouteName>): readonly ProblemCode[] =>
  keyed.level === 'none' ? [] : ['MovedToKeyed'];

/** How a route may refuse: as every route, by what it takes, and as its row says. */
export const refusalsOf = (route: RouteNamed<RouteName>): readonly ProblemCode[] => [
  ...ofOldPaths(route),
  ...ofWhatIsSent(route),
  ...OF_A_CALLER,
  ...ANSWERS[route.name].refuses,
  'AzureUnavailable',
  'InternalError',
];
