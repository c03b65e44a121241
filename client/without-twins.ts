import type { openApiDocument } from '../src/web/contract/openapi/document.ts';

type Document = ReturnType<typeof openApiDocument>;

const KEYED = '/api/keyed/';

/** A list as CSV is asked for as text: the types of answers are those of its JSON. */
const inJson = (key: string, value: unknown): unknown => (key === 'text/csv' ? undefined : value);

/** The document for the generator: each operation once, and by itself what has a twin that a key opens. */
export const withoutTwins = (document: Document) => {
  const all = Object.entries(document.paths);
  const paths = Object.fromEntries(all.filter(([path]) => !path.startsWith(KEYED)));
  const twins = all
    .filter(([path]) => path.startsWith(KEYED))
    .flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => [method.toUpperCase(), path.replace(KEYED, '/api/')] as const),
    );
  return { document: JSON.parse(JSON.stringify({ ...document, paths }, inJson)) as object, twins };
};
