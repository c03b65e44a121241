import * as z from 'zod/mini';
import { ANSWERS } from '../answers/answers.ts';
import type { Answers } from '../answers/answers-row.ts';
import { askedPlan, decision, finding, plan, step, stepVerdict } from '../answers/plan.ts';
import { problem } from '../answers/refusals.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Schemas that several answers contain, by their names in OpenAPI. */
const SHARED = {
  Problem: problem,
  Step: step,
  StepVerdict: stepVerdict,
  Plan: plan,
  Finding: finding,
  Decision: decision,
  AskedPlan: askedPlan,
};

const SECTION = '#/components/schemas/';

/** Makes `StartRepair` of `start-repair`. */
const pascal = (name: string): string =>
  name.replaceAll(/(?:^|-)([a-z])/g, (_all, letter: string) => letter.toUpperCase());

const register = (): z.core.$ZodRegistry<{ id: string }> => {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SHARED)) registry.add(schema, { id });
  for (const [name, { answers }] of Object.entries(ANSWERS) as [string, Answers][])
    for (const [status, { schema }] of Object.entries(answers))
      if (schema && !registry.has(schema)) registry.add(schema, { id: `${pascal(name)}${status}` });
  return registry;
};

/**
 * Leaves out what a reader of answers does not need: answers may get new members, so others are not forbidden; the limits of a
 * number and the pattern of a time are obvious.
 */
const plain = ({ jsonSchema: schema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (schema.additionalProperties === false) delete schema.additionalProperties;
  if (schema.format === 'date-time') delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
};

const withoutNames = ({ $schema: _schema, $id: _id, ...schema }: JsonSchema): JsonSchema => schema;

/** The schemas of all answers, and a function that refers to one of them. */
export const answerSchemas = () => {
  const registry = register();
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `${SECTION}${id}`, override: plain });
  const refTo = (schema: z.ZodMiniType): JsonSchema => ({ $ref: `${SECTION}${registry.get(schema)?.id}` });
  const all = Object.entries(schemas).map(([id, schema]) => [id, withoutNames(schema)] as const);
  return { schemas: Object.fromEntries(all) as Readonly<Record<string, JsonSchema>>, refTo };
};

type Overridden = { readonly zodSchema: z.core.$ZodTypes; readonly jsonSchema: z.core.JSONSchema.BaseSchema };

/** A schema may turn a text into a value that JSON does not have: then the text is described, as it is sent. */
const asSent = ({ zodSchema, jsonSchema }: Overridden): void => {
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  const { def } = zodSchema._zod;
  if (def.type === 'pipe' && (def.out as z.core.$ZodTypes)._zod.def.type === 'transform')
    Object.assign(jsonSchema, schemaOf(def.in as z.ZodMiniType));
};

/** The schema of a request, in which every other member is refused. */
export const schemaOf = (schema: z.ZodMiniType): JsonSchema =>
  withoutNames(z.toJSONSchema(schema, { unrepresentable: 'any', override: asSent }));
