/** The digits of a plan's id by which the command line names the plan; a placeholder stays as it is. */
const numberIn = (id: string): string => (/^[0-9a-f]{8,64}$/.test(id) ? id.slice(0, 8) : id);

type Asked = { readonly last: string; readonly query: string };

/** The command for a route. `last`: the part of the route after the name of the list, up to the next slash. */
type Command = (asked: Asked) => string;

const plainly =
  (command: string): Command =>
  () =>
    command;

const COMMANDS: Readonly<Record<string, Command>> = {
  'POST reconciliations': plainly('start <name>'),
  'GET reconciliations': plainly('status --all'),
  'GET reconciliations/*': ({ last }) => `explain ${last}`,
  'GET expiry': plainly('expiry'),
  'GET summary': plainly('summary'),
  'POST orchestrators/*': ({ last }) => `start <name> --repair ${last}`,
  'POST sweeps': plainly('start'),
  'GET plans/*': ({ last }) => `plan ${numberIn(last)}`,
  'POST plans/*/approval': ({ last }) => `approve ${numberIn(last)}`,
  'POST plans/*/rejection': ({ last }) => `reject ${numberIn(last)} --why '<why>'`,
  'POST approvals': plainly('approve <number...>'),
  'GET subscriptions': ({ query }) => (query.includes('missing=true') ? 'subscriptions --missing' : 'subscriptions'),
  'POST subscriptions/release': plainly("let-go <subscription> --why '<why>'"),
  'POST subscriptions/keeping': plainly("keep <subscription> --why '<why>'"),
  'POST vault-moves': plainly("accept-vault <known> <present> --why '<why>'"),
  'GET quarantine': plainly('alerts'),
  'GET quarantine/*': ({ last }) => `alerts ${last}`,
  'POST quarantine/*/replay': ({ last }) => `alerts ${last} --read-again`,
  'GET health/details': plainly('doctor'),
  'GET incidents': plainly('incident'),
  'GET incidents/*': ({ last }) => `incident ${last}`,
  'GET history': plainly('history'),
  'GET would-have': plainly('would-have'),
  'GET ledger': plainly('verify'),
  'GET posture': plainly('posture'),
  'POST posture': plainly('posture --look'),
  'GET coverage': ({ query }) => (query.includes('gaps=true') ? 'coverage --gaps' : 'coverage'),
  'GET overrides': plainly('overrides'),
  'GET orders': plainly('overrides'),
  'PUT pause': plainly("pause --why '<why>'"),
  'DELETE pause': plainly("resume --why '<why>'"),
  'PUT do-not-heal': plainly("do-not-heal <target> --why '<why>'"),
  'DELETE do-not-heal': plainly("do-not-heal <target> --lift --why '<why>'"),
};

/** The command that does the same as this route, below `/api` and without `keyed/`; none where the command line cannot do it. */
export const commandOfRoute = (method: string, path: string, query: string): string | undefined => {
  const [first = '', last = '', ...rest] = path.split('/');
  const exact = COMMANDS[`${method} ${path}`];
  const found = exact ?? (last === '' ? undefined : COMMANDS[`${method} ${[first, '*', ...rest].join('/')}`]);
  return found && `cmk-guardian ${found({ last, query })}`;
};
