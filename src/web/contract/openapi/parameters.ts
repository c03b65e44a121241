import type { ContractRow } from '../row.ts';
import { type JsonSchema, schemaOf } from './schemas.ts';

type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
  readonly example?: unknown;
};

/** A value of a query as JSON: `true` and `false` become booleans. */
const typed = (value: string, { type }: JsonSchema): unknown => (type === 'boolean' ? value === 'true' : value);

const inQuery = ({ query, exampleQuery }: ContractRow): readonly Parameter[] => {
  const examples = new URLSearchParams(exampleQuery);
  const { properties = {}, required = [] } = schemaOf(query) as {
    readonly properties?: Readonly<Record<string, JsonSchema>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
    ...(examples.has(name) && { example: typed(examples.get(name) ?? '', schema) }),
  }));
};

/** The parameters of a route in its path and query. */
export const parametersOf = (row: ContractRow): readonly Parameter[] => [
  ...Object.entries(row.params ?? {}).map(([name, { is, schema, example }]) => ({
    name,
    in: 'path' as const,
    required: true,
    description: is,
    schema: schemaOf(schema),
    example,
  })),
  ...inQuery(row),
];
