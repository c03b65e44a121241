import { getReconciliation, getSummary, listReconciliations } from '../../client/api.ts';
import type { AddCommand } from '../acting.ts';
import type { Context } from '../context.ts';
import { Usage } from '../failure.ts';
import { allPages } from '../pages.ts';
import { explainSheet } from '../sheets/explain.ts';

const isKey = (name: string): boolean => name.startsWith('https://');

/** A path with an id with slashes does not pass every proxy: so the id is looked up in the list first. */
const idOf = async ({ sending }: Context, name: string): Promise<string> => {
  if (!name.includes('/')) return name;
  const [, vault] = /^https:\/\/([^./]+)/.exec(name) ?? [];
  const filter = isKey(name) && vault ? { vault } : { consumer: name };
  const { value } = await allPages(await listReconciliations({ ...filter, verdict: 'all' }, sending), sending);
  const ids = new Set(value.filter(({ key }) => !isKey(name) || `${name}/`.startsWith(`${key}/`)).map(({ id }) => id));
  const [first, ...others] = ids;
  if (first === undefined)
    throw new Usage(`Nothing that was seen is '${name}'. cmk-guardian status --all lists what was.`);
  if (others.length > 0) throw new Usage(`'${name}' has ${ids.size} keys. Name one of them: ${[...ids].join(', ')}`);
  return first;
};

export const addExplain: AddCommand = (program, { shows }) =>
  void program
    .command('explain')
    .description(
      'Everything about one server, disk encryption set, vault or key: what is wrong, why, and what is done.',
    )
    .argument('<name>', 'a name, or an id of a key or resource')
    .action(
      shows(async (context, name: string) => {
        const id = await idOf(context, name);
        const { sending } = context;
        const [one, { sweep }] = await Promise.all([getReconciliation(id, sending), getSummary(sending)]);
        return explainSheet(one, sweep);
      }),
    );
