import type { z } from 'zod';
import { AzureError } from '../arm/error.ts';
import type { Answer, Call, Route } from '../service.ts';

/** A refusal of Microsoft.Web itself. */
export const badRequest = (message: string): AzureError => new AzureError(400, 'BadRequest', message);
export const conflict = (message: string): AzureError => new AzureError(409, 'Conflict', message);

const OWN = ['BadRequest', 'Conflict', 'NotFound'];

/** An error body as Microsoft.Web writes it: names in capitals, the code once more in the details. */
const body = ({ code, message }: AzureError) => ({
  Code: code,
  Message: message,
  Target: null,
  Details: [{ Message: message }, { Code: code }, { ErrorEntity: { Code: code, Message: message } }],
  Innererror: null,
});

/**
 * The same handler, with its own refusals in the shape of Microsoft.Web; the refusals of Azure Resource Manager keep their shape.
 */
export const inOwnWords =
  (handle: Route['handle']) =>
  async (call: Call): Promise<Answer> => {
    try {
      return await handle(call);
    } catch (error) {
      if (!(error instanceof AzureError) || !OWN.includes(error.code)) throw error;
      return { status: error.status, headers: error.headers, body: body(error) };
    }
  };

/** The body as the schema reads it; one 400 names every mistake in it. `what`: Azure's name of the resource. */
export const readWebBody = <T extends z.ZodType>(schema: T, body: unknown, what: string): z.infer<T> => {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${[what, ...path].join('.')} is invalid.  ${message}`);
  throw badRequest(faults.join('; '));
};

export const known = <T>(found: T | undefined, type: string, { params }: Call, name: string): T => {
  if (found !== undefined) return found;
  const message = `The Resource '${type}/${name}' under resource group '${params['group']}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`;
  throw new AzureError(404, 'ResourceNotFound', message);
};
