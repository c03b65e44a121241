import { z } from 'zod';
import { identityPath } from '../entra/identity-endpoint.ts';
import type { Controlled, ControlVerb } from './controlled.ts';

const request = z.strictObject({ resource: z.string().startsWith('/') });

/** The environment variables that App Service gives to a resource, so that its process gets the tokens of its identity. */
export const identityVerb = ({ identity }: Controlled): ControlVerb => ({
  method: 'POST',
  path: '/_sim/identity',
  title: 'What a process needs to get the tokens of a resource at the managed-identity endpoint',
  parameters: { resource: 'id of the resource whose managed identity it is' },
  run: (input) => ({
    IDENTITY_ENDPOINT: identityPath,
    IDENTITY_HEADER: identity.header(request.parse(input).resource),
  }),
});
