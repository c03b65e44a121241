/** Values that fit a JSON Schema, and values that do not, as far as the schemas of the contract go. Knows nothing of Vitest. */
import fc from 'fast-check';

export type Schema = {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
};

/** A letter first: some texts must not be blank, or begin with a sign that means more than itself. */
const textOf = ({ minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> =>
  fc
    .string({ unit: 'grapheme-ascii', minLength, maxLength: Math.min(maxLength, 40) })
    .map((text) => `x${text}`.slice(0, maxLength).trimEnd());

const instant = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2035-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** `pool`: existing names, so that some requests find something. */
const stringOf = (schema: Schema, pool: readonly string[]): fc.Arbitrary<string> => {
  if (schema.format === 'date-time') return instant;
  if (schema.pattern !== undefined) return fc.stringMatching(new RegExp(schema.pattern));
  const fitting = pool.filter((text) => text.length <= (schema.maxLength ?? Number.POSITIVE_INFINITY));
  return fitting.length === 0
    ? textOf(schema)
    : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: textOf(schema) });
};

const objectOf = ({ properties = {}, required = [] }: Schema, pool: readonly string[]): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, fitting(one, pool)])), {
    requiredKeys: [...required],
  });

/** Values that fit. */
export const fitting = (schema: Schema, pool: readonly string[] = []): fc.Arbitrary<unknown> => {
  const [one] = schema.allOf ?? [];
  if (one) return fitting({ ...schema, ...one, allOf: schema.allOf?.slice(1) ?? [] }, pool);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => fitting(each, pool)));
  if (schema.type === 'string') return stringOf(schema, pool);
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'null') return fc.constant(null);
  if (schema.type === 'integer' || schema.type === 'number')
    return fc.integer({ min: schema.minimum ?? 0, max: Math.min(schema.maximum ?? 1_000, 1_000_000) });
  if (schema.type === 'array')
    return fc.array(fitting(schema.items ?? {}, pool), {
      minLength: schema.minItems ?? 0,
      maxLength: Math.min(schema.maxItems ?? 3, 5),
    });
  return schema.type === 'object' ? objectOf(schema, pool) : fc.jsonValue({ maxDepth: 2 });
};

/**
 * Values that do not fit this object schema: with an extra member, a member of another type, a required member left out, or no
 * object at all.
 */
export const unfitting = (schema: Schema, pool: readonly string[] = []): fc.Arbitrary<unknown> => {
  const whole = objectOf(schema, pool) as fc.Arbitrary<Record<string, unknown>>;
  const names = Object.keys(schema.properties ?? {});
  const required = schema.required ?? [];
  const other = fc.constantFrom<unknown>({ a: 1 }, [[]], 5.5);
  return fc.oneof(
    fc
      .tuple(whole, fc.constantFrom('force', '__proto__ ', 'whY', 'constructor'))
      .map(([body, name]) => ({ ...body, [name]: 1 })),
    fc.constantFrom<unknown>('text', 7, [1], true),
    ...(names.length > 0
      ? [fc.tuple(whole, fc.constantFrom(...names), other).map(([body, name, put]) => ({ ...body, [name]: put }))]
      : []),
    ...(required.length > 0
      ? [
          fc
            .tuple(whole, fc.constantFrom(...required))
            .map(([body, name]) => Object.fromEntries(Object.entries(body).filter(([one]) => one !== name))),
        ]
      : []),
  );
};
