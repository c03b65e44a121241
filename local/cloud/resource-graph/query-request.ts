import { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import { readBody } from '../arm/read-body.ts';

const BODY = z.object({
  query: z.string(),
  subscriptions: z.array(z.string()).optional(),
  managementGroups: z.array(z.string()).max(0, 'management groups are not simulated').optional(),
  facets: z.array(z.unknown()).max(0, 'facets are not simulated').optional(),
  options: z
    .object({
      $top: z.int().min(1).max(1000).optional(),
      $skip: z.int().min(0).optional(),
      $skipToken: z.string().optional(),
      resultFormat: z.literal('objectArray', { error: 'only objectArray is simulated' }).optional(),
      allowPartialScopes: z.boolean().optional(),
    })
    .optional(),
});

/** A request for rows of a query; `skip` rows are left out, at most `top` are answered. */
export type QueryRequest = { query: string; subscriptions: string[] | undefined; skip: number; top: number };

/** QueryRequest of 2021-03-01 and 2024-04-01: a page has 100 rows unless asked otherwise, at most 1,000. */
export const readQueryRequest = (body: unknown): QueryRequest => {
  const { query, subscriptions, options = {} } = readBody(BODY, body);
  const { $top: top = 100, $skip: skip = 0, $skipToken: token } = options;
  return { query, subscriptions, top, skip: token === undefined ? skip : readSkipToken(token) };
};

export const skipToken = (skip: number): string => Buffer.from(JSON.stringify({ skip })).toString('base64');

const readSkipToken = (token: string): number => {
  try {
    return z.object({ skip: z.int().min(0) }).parse(JSON.parse(Buffer.from(token, 'base64').toString())).skip;
  } catch {
    throw new AzureError(400, 'BadRequest', 'The provided $skipToken is invalid.');
  }
};
