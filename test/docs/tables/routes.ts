import { type Keyed, type Opener, ROUTES } from '../../../src/surface.ts';
import { CONTRACT } from '../../../src/web/contract/contract.ts';
import { markdownTable } from './markdown.ts';

const PERSON: Readonly<Partial<Record<Opener, string>>> = {
  actionGroup: 'the token of an action group',
  anybody: 'anybody',
};

const byKey = (keyed: Keyed): string => {
  if (keyed.level === 'none') return '';
  const key = keyed.level === 'admin' ? 'master key' : 'function key';
  return keyed.unlessPeopleApprove ? `${key}, where nobody approves` : key;
};

/** Every route: the role of a token that opens it, the key that opens its twin, and its effect. */
export const routesTable = (): string =>
  markdownTable(
    ['door', 'who', 'by a key', 'what it does'],
    ROUTES.map(({ method, route, opens, keyed, name }) => [
      `\`${method} /api/${route}\``,
      PERSON[opens] ?? `\`${opens}\``,
      byKey(keyed),
      CONTRACT[name].summary,
    ]),
  );
