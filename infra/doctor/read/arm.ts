import type { GraphAnswer, Send } from '../../sign-in/graph.ts';
import { absent, type Fact, present, unknown } from '../facts.ts';

/** Api-versions by resource type, which AzAPI 1.15 also knows. */
const VERSIONS = {
  'Microsoft.Resources/subscriptions': '2022-12-01',
  'Microsoft.Management/managementGroups': '2020-05-01',
  'Microsoft.Web/sites': '2023-12-01',
  'Microsoft.Storage/storageAccounts': '2023-05-01',
  'Microsoft.Authorization/roleAssignments': '2022-04-01',
  'Microsoft.Authorization/roleDefinitions': '2022-04-01',
  'Microsoft.KeyVault/vaults': '2023-07-01',
  'Microsoft.Network/virtualNetworks': '2024-01-01',
  'Microsoft.Network/privateEndpoints': '2024-01-01',
  'Microsoft.Network/privateDnsZones': '2020-06-01',
  'Microsoft.EventGrid/systemTopics': '2022-06-15',
  'Microsoft.EventGrid/eventSubscriptions': '2022-06-15',
} as const;

export type Type = keyof typeof VERSIONS;

type Json = Readonly<Record<string, unknown>>;

/** Reads of Azure Resource Manager, which change nothing: the one POST lists settings. */
export type Arm = {
  get(path: string, type: Type, query?: Readonly<Record<string, string>>): Promise<Fact<Json>>;
  post(path: string, type: Type): Promise<Fact<Json>>;
  /** All pages. */
  list(path: string, type: Type, query?: Readonly<Record<string, string>>): Promise<Fact<readonly Json[]>>;
};

type AzureError = { readonly code?: string; readonly message?: string };

/** The error in the form of Azure Resource Manager, or in that of Microsoft.Web, which writes names in capitals. */
const errorIn = (body: unknown): AzureError => {
  const {
    error,
    Code: code,
    Message: message,
  } = (body ?? {}) as {
    error?: AzureError;
    Code?: string;
    Message?: string;
  };
  return error ?? { ...(code && { code }), ...(message && { message }) };
};

/** In words first, then what Azure itself has said. */
const why = ({ status, body }: GraphAnswer): string => {
  const { code = '', message = 'it says nothing' } = errorIn(body);
  const said = `(Azure says: ${message.replace(/\.$/, '')}; ${`${status} ${code}`.trim()})`;
  if (status === 401) return `the sign-in of who runs this is not taken: az login, and again ${said}`;
  if (status === 403) return `who runs this has no role that reads it: Reader is enough ${said}`;
  return `${status === 429 || status >= 500 ? 'Azure failed to answer, which passes' : 'Azure does not show it'} ${said}`;
};

/** A 404 means that a resource is not there only where its parent exists. */
const isAbsence = ({ status, body }: GraphAnswer): boolean => {
  const { code = '' } = errorIn(body);
  return status === 404 && ['ResourceNotFound', 'NotFound', 'ResourceGroupNotFound'].includes(code);
};

const factOf = (answer: GraphAnswer): Fact<Json> => {
  if (answer.status === 200) return present((answer.body ?? {}) as Json);
  return isAbsence(answer) ? absent : unknown(why(answer));
};

export type ArmAccess = { readonly endpoint: string; readonly token: string; readonly send: Send };

export const createArm = ({ endpoint, token, send }: ArmAccess): Arm => {
  const exchange = async (method: 'GET' | 'POST', url: string): Promise<Fact<Json>> => {
    try {
      return factOf(await send({ method, url, headers: { authorization: `Bearer ${token}` } }));
    } catch (error) {
      return unknown(`${new URL(url).hostname} could not be asked: ${(error as Error).message}`);
    }
  };
  const urlOf = (path: string, type: Type, query: Readonly<Record<string, string>> = {}): string =>
    `${endpoint}${path}?${new URLSearchParams({ 'api-version': VERSIONS[type], ...query })}`;
  const pages = async (url: string): Promise<Fact<readonly Json[]>> => {
    const page = await exchange('GET', url);
    if (page.kind !== 'present') return page;
    const { value = [], nextLink } = page.value as { value?: readonly Json[]; nextLink?: string };
    // The token is sent only to the endpoint for which it was issued.
    if (!nextLink?.startsWith(`${endpoint}/`)) return present(value);
    const rest = await pages(nextLink);
    return rest.kind === 'present' ? present([...value, ...rest.value]) : rest;
  };
  return {
    get: (path, type, query) => exchange('GET', urlOf(path, type, query)),
    post: (path, type) => exchange('POST', urlOf(path, type)),
    list: (path, type, query) => pages(urlOf(path, type, query)),
  };
};
