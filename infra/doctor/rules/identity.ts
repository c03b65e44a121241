import { known } from '../facts.ts';
import { appOptions, type Rule, stops } from '../finding.ts';
import { hostStorageOf } from '../host-storage.ts';
import { principalOf } from '../principal.ts';

const hasIdentity: Rule = (facts) => {
  const principal = principalOf(facts);
  if (principal.kind !== 'missing') return [];
  const assign = `az functionapp identity assign ${appOptions(facts)}`;
  if (principal.clientId === undefined)
    return [stops('The app has no managed identity, and no setting names one: it may read and write nothing.', assign)];
  return [
    stops(
      `GUARDIAN_IDENTITY_CLIENT_ID is ${principal.clientId}, and the app has no user-assigned identity with that client id.`,
      `${assign} --identities <id of the identity>`,
    ),
  ];
};

/** The host and the product are one process with two ways to name an identity. */
const hostUsesIt: Rule = (facts) => {
  const settings = known(facts.settings);
  const principal = principalOf(facts);
  if (!settings || principal.kind !== 'known' || principal.clientId === undefined) return [];
  const { byIdentity, clientId } = hostStorageOf(settings);
  if (byIdentity.length === 0 || clientId?.toLowerCase() === principal.clientId.toLowerCase()) return [];
  const named = clientId === undefined ? 'is not set' : `is ${clientId}`;
  return [
    stops(
      `AzureWebJobsStorage__clientId ${named}, and the product works as ${principal.clientId}: the host asks for its storage as somebody else.`,
      `az functionapp config appsettings set ${appOptions(facts)} --settings AzureWebJobsStorage__credential=managedidentity AzureWebJobsStorage__clientId=${principal.clientId}`,
    ),
  ];
};

export const IDENTITY_RULES: readonly Rule[] = [hasIdentity, hostUsesIt];
