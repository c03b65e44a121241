import { type App, MINUTE } from '../../builders/app.ts';

export type Line = {
  readonly row: string;
  readonly check: string;
  readonly subject: string;
  readonly verdict: string;
  readonly evidence: string;
};

/** All items of a list of the app's API under this name, page after page. */
export const everyPage = async <Item>(app: App, door: string, name: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let path: string | undefined = door;
  while (path !== undefined) {
    const { body } = await app.door({ method: 'GET', path }, 200);
    const page = body as { readonly [list: string]: readonly Item[] } & { readonly nextLink?: string };
    items.push(...(page[name] ?? []));
    path = page.nextLink?.replace(/^https?:\/\/[^/]+/, '');
  }
  return items;
};

/** Every line of a posture report that is made now. */
export const postureLines = async (app: App): Promise<readonly Line[]> => {
  await app.door({ method: 'POST', path: '/api/posture' }, 202);
  await app.pass(3 * MINUTE);
  return everyPage<Line>(app, '/api/posture', 'lines');
};
