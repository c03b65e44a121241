import { z } from 'zod';
import type { Controlled, ControlVerb } from './controlled.ts';

const request = z.strictObject({
  user: z.string(),
  audience: z.string().min(1),
  version: z.enum(['1.0', '2.0']).default('2.0'),
});

/** The token that a person would get by signing in interactively. */
export const tokenVerb = ({ world }: Controlled): ControlVerb => ({
  method: 'POST',
  path: '/_sim/token',
  title: 'A token for a user or service principal, as if they had signed in',
  parameters: {
    user: 'name or object id; the people are reader, requester, operator, approver, owner',
    audience: 'who the token is for, api://cmk-guardian',
    'version?': "'2.0' (default, issuer login.microsoftonline.com) or '1.0' (issuer sts.windows.net)",
  },
  example: { user: 'approver', audience: 'api://cmk-guardian' },
  run: async (input) => {
    const { user, audience, version } = request.parse(input);
    const { entra } = world();
    const everybody = entra.principals();
    const principal = everybody.find(({ name, objectId }) => user === name || user === objectId);
    if (!principal) {
      throw new Error(`There is no user '${user}'; there are: ${everybody.map(({ name }) => name).join(', ')}.`);
    }
    return {
      access_token: await entra.issue({ principal, audience, version }),
      token_type: 'Bearer',
      expires_in: 3600,
    };
  },
});
