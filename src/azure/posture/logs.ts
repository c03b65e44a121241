import type { LogSetting } from '../../posture/facts.ts';
import { apiVersion } from '../../remediation/model/api-versions.ts';
import type { Fact } from '../../remediation/model/facts.ts';
import type { Connection } from '../connection/connection.ts';
import { readFact } from '../failure/read-fact.ts';

const SETTINGS = 'Microsoft.Insights/diagnosticSettings';

type Category = { readonly category?: string; readonly categoryGroup?: string; readonly enabled?: boolean };
type Setting = {
  readonly name?: string;
  readonly properties?: {
    readonly logs?: readonly Category[];
    readonly workspaceId?: string | null;
    readonly eventHubAuthorizationRuleId?: string | null;
    readonly storageAccountId?: string | null;
    readonly marketplacePartnerId?: string | null;
  };
};

/** Both category groups of Key Vault's logs include AuditEvent. */
const isAudit = ({ category, categoryGroup, enabled }: Category): boolean =>
  enabled === true && (category === 'AuditEvent' || categoryGroup === 'audit' || categoryGroup === 'allLogs');

const settingOf = ({ name = '', properties = {} }: Setting): LogSetting => ({
  name,
  audits: (properties.logs ?? []).some(isAudit),
  destinations: [
    ...(properties.workspaceId ? (['workspace'] as const) : []),
    ...(properties.eventHubAuthorizationRuleId ? (['eventHub'] as const) : []),
    ...(properties.storageAccountId ? (['storage'] as const) : []),
    ...(properties.marketplacePartnerId ? (['partner'] as const) : []),
  ],
});

/** The diagnostic settings of a vault: one ARM call. */
export const readLogs = ({ arm }: Connection, vaultId: string): Promise<Fact<readonly LogSetting[]>> =>
  readFact({ what: `the diagnostic settings of ${vaultId}`, scope: vaultId }, async () => {
    const list = await (await arm()).list(`${vaultId}/providers/${SETTINGS}`, apiVersion(SETTINGS));
    return (list as readonly Setting[]).map(settingOf);
  });
