import type { SimVerb } from '../service.ts';
import { namedWorlds } from '../worlds/named-worlds.ts';
import { apiVersionVerbs } from './api-version-verbs.ts';
import { clockVerbs } from './clock-verbs.ts';
import type { Controlled, ControlVerb } from './controlled.ts';
import { faultVerbs } from './fault-verbs.ts';
import { identityVerb } from './identity-verb.ts';
import { inspectionVerbs } from './inspection-verbs.ts';
import { tokenVerb } from './token-verb.ts';

/** All present verbs of the control surface. */
export const controlVerbs = (controlled: Controlled): ControlVerb[] => [
  ...worldVerbs(controlled),
  ...controlled.services().flatMap((service) => service.breaks.map(incident('break'))),
  ...controlled.services().flatMap((service) => (service.repairs ?? []).map(incident('repair'))),
  ...clockVerbs(controlled),
  ...inspectionVerbs(controlled),
  ...faultVerbs(controlled),
  ...apiVersionVerbs(controlled),
  tokenVerb(controlled),
  identityVerb(controlled),
  ...(controlled.others ?? []),
];

const incident =
  (kind: 'break' | 'repair') =>
  ({ name, title, parameters, run }: SimVerb): ControlVerb => ({
    method: 'POST',
    path: `/_sim/${kind}/${name}`,
    title,
    parameters,
    run,
  });

const worldVerbs = ({ load }: Controlled): ControlVerb[] =>
  Object.entries(namedWorlds).map(([name, { title, parameters }]) => ({
    method: 'POST',
    path: `/_sim/worlds/${name}`,
    title,
    parameters,
    run: (input) => {
      load(name, input);
      return { world: name };
    },
  }));

/** The answer of GET /_sim: every verb with its parameters and a line for curl. */
export const listVerbs = (verbs: ControlVerb[], base: string) => ({
  verbs: verbs.map((verb) => {
    const { method, path, title, parameters } = verb;
    return { method, path, title, parameters, curl: curl(verb, base) };
  }),
});

const curl = ({ method, path, parameters, example }: ControlVerb, base: string): string => {
  const required = Object.keys(parameters).filter((name) => !name.endsWith('?'));
  const body = example ?? Object.fromEntries(required.map((name) => [name, `<${name}>`]));
  const verb = method === 'GET' ? '' : ` -X ${method}`;
  const data = Object.keys(body).length > 0 ? ` -d '${JSON.stringify(body)}'` : '';
  return `curl -s${verb} ${base}${path}${data}`;
};
