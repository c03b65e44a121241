/** The reason why Entra gives no token: the OAuth code, and the AADSTS number that its support asks for. */
export type Refusal = { readonly status: number; readonly error: string; readonly message: string };

const refused = (error: string, message: string, status = 400): Refusal => ({ status, error, message });

/** Texts as Entra words them: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export const REFUSALS = {
  missing: (name: string) =>
    refused('invalid_request', `AADSTS900144: The request body must contain the following parameter: '${name}'.`),
  unknownClient: (client: string, tenant: string) =>
    refused(
      'unauthorized_client',
      `AADSTS700016: Application with identifier '${client}' was not found in the directory '${tenant}'.`,
    ),
  redirectUri: (uri: string, client: string) =>
    refused(
      'invalid_request',
      `AADSTS50011: The redirect URI '${uri}' specified in the request does not match the redirect URIs configured for the application '${client}'. Make sure the redirect URI sent in the request matches one added to your application in the Azure portal.`,
    ),
  responseType: (type: string) =>
    refused('unsupported_response_type', `AADSTS700054: response_type '${type}' is not enabled for the application.`),
  responseMode: (mode: string) =>
    refused('invalid_request', `AADSTS70007: '${mode}' is not a supported value of 'response_mode'.`),
  prompt: (prompt: string) => refused('invalid_request', `AADSTS90023: Unsupported 'prompt' value '${prompt}'.`),
  challengeMissing: () =>
    refused(
      'invalid_request',
      'AADSTS9002325: Proof Key for Code Exchange is required for cross-origin authorization code redemption.',
    ),
  challengeMethod: () => refused('invalid_request', 'AADSTS50149: Invalid Code_Challenge_method parameter.'),
  challengeSize: () => refused('invalid_request', 'AADSTS501491: Invalid size of Code_Challenge parameter.'),
  noSession: () =>
    refused(
      'login_required',
      'AADSTS50058: A silent sign-in request was sent but no user is signed in. The cookies used to represent the user’s session were not sent in the request to Microsoft Entra ID.',
    ),
  nobody: (person: string) =>
    refused(
      'invalid_request',
      `AADSTS50034: The user account ${person} does not exist in the directory. To sign into this application, the account must be added to the directory.`,
    ),
  scopeMissing: (scope: string, client: string) =>
    refused(
      'invalid_client',
      `AADSTS650053: The application '${client}' asked for scope '${scope}' that doesn't exist on the resource.`,
    ),
  manyResources: (scopes: string) =>
    refused(
      'invalid_request',
      `AADSTS28000: Provided value for the input parameter scope is not valid because it contains more than one resource. Scope ${scopes} is not valid.`,
    ),
  grantType: () => refused('unsupported_grant_type', 'AADSTS70003: The app requested an unsupported grant type.'),
  grantUnknown: () => refused('invalid_grant', 'AADSTS70000: Provided grant is invalid or malformed.'),
  replyAddress: (uri: string, first: string) =>
    refused(
      'invalid_client',
      `AADSTS500112: The reply address '${uri}' does not match the reply address '${first}' provided when requesting Authorization code.`,
    ),
  expired: () =>
    refused(
      'invalid_grant',
      'AADSTS70008: The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
    ),
  expiredOfPage: () =>
    refused(
      'invalid_grant',
      'AADSTS700084: The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.',
    ),
  usedTwice: () =>
    refused(
      'invalid_grant',
      'AADSTS54005: OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.',
    ),
  verifierMissing: () =>
    refused(
      'invalid_grant',
      'AADSTS50148: The code_verifier does not match the code_challenge supplied in the authorization request for PKCE.',
    ),
  verifierWrong: () =>
    refused(
      'invalid_grant',
      'AADSTS501481: The Code_Verifier does not match the code_challenge supplied in the authorization request.',
    ),
  crossOrigin: (origin: string) =>
    refused(
      'invalid_request',
      `AADSTS9002326: Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '${origin}'.`,
    ),
  sameOrigin: () =>
    refused(
      'invalid_request',
      "AADSTS9002327: Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
    ),
  secretMissing: () =>
    refused(
      'invalid_client',
      "AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.",
      401,
    ),
  secretWrong: () => refused('invalid_client', 'AADSTS7000215: Invalid client secret provided.', 401),
} as const;
