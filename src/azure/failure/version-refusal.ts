import { API_VERSIONS, serviceOf } from '../../remediation/model/api-versions.ts';
import { typeOf } from '../../remediation/model/resource-id.ts';
import { azValue } from '../../remediation/model/shell-word.ts';
import type { Failure } from './failure.ts';

/**
 * Codes by which Azure says that it does not serve an api-version there: 400 for a type with locations, 404 for a type
 * without ("Resolve errors for resource provider registration"; azure-rest-api-specs 11929, acs-engine 4037). A
 * subscription without the provider gets `MissingSubscriptionRegistration`, which is not among these codes.
 */
const CODES = ['noregisteredproviderfound', 'invalidresourcetype', 'invalidapiversionparameter'];

/** Key Vault's data plane has one code for every wrong parameter (azure-sdk-for-python 28595), so the text decides. */
const NOT_RECOGNIZED = /^the specified version \(.*\) is not recognized/i;

/** Whether Azure refused the api-version. Then its answer, even a 404, says nothing about the resource. */
export const isVersionRefused = ({ code, message }: Failure): boolean =>
  CODES.includes(code.toLowerCase()) || (code === 'BadParameter' && NOT_RECOGNIZED.test(message));

type Asked = { readonly of: string; readonly type?: string; readonly versions: readonly string[] };

/** The subject of the request and its api-versions: all of them, for a service that is tried with several. */
const askedAt = (text: string): Asked => {
  if (!URL.canParse(text)) return { of: 'what was asked', versions: [] };
  const { host, pathname, searchParams } = new URL(text);
  const version = searchParams.get('api-version') ?? '';
  const type = typeOf(pathname);
  if (type === '') return { of: host, versions: [version] };
  const service = serviceOf(type);
  const tried: readonly string[] = service ? API_VERSIONS[service] : [];
  return { of: type, type, versions: tried.includes(version) ? tried : [version] };
};

/** The versions that Azure says it serves there. */
const servedIn = (message: string): string | undefined => / are '([^']+)'/.exec(message)?.[1]?.replace(/, ?/g, ', ');

const fixOf = ({ type }: Asked): string => {
  const release = 'install a release of the product that speaks';
  if (type === undefined) return `${release} another one`;
  const [namespace, ...types] = type.split('/');
  const shown = `[registrationState, resourceTypes[?resourceType=='${types.join('/')}'].apiVersions]`;
  return `${release} one of those that az provider show --namespace ${azValue(namespace ?? '')} --query "${shown}" shows, if that is Registered`;
};

/** A text with the refused request, the versions that Azure serves instead, and the remedy. */
export const explainRefusal = ({ code, message, url = '' }: Failure): string => {
  const asked = askedAt(url);
  const versions =
    asked.versions.length > 1 ? `api-versions ${asked.versions.join(' and ')}` : `api-version ${asked.versions}`;
  const served = servedIn(message);
  return (
    `Azure refuses the ${versions.trim()} of ${asked.of} (${code}), which says nothing of what is there. ` +
    `${served === undefined ? '' : `It serves ${served}. `}Fix: ${fixOf(asked)}`
  );
};
