const CLAIMS = 'http://schemas.microsoft.com/identity/claims/objectidentifier';
const UPN = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn';

/** The most rows that are asked for, and read, of one vault. */
export const MOST_ROWS = 500;

/**
 * The host of a key holds only lower-case letters, digits, hyphens and dots: no character that could end a string in
 * Kusto.
 */
const patternOf = (host: string): string => `^https://${host.replaceAll('.', '\\.')}(:443)?/(deleted)?keys/`;

/**
 * The acts on the keys of a vault by anybody but the product (its object id): successful deletions, purges and changes
 * of attributes, newest first. The audit log is in one of two tables, by the destination type of the vault's diagnostic
 * setting ("Azure Monitor logs reference", AZKVAuditLogs and AzureDiagnostics). The empty table keeps the query valid
 * where a workspace has neither table yet; a column of AzureDiagnostics does not exist before its first row.
 */
export const keyActsQuery = (host: string, product: string): string => `union isfuzzy=true
  (datatable(At: datetime, Op: string, Code: int, Uri: string, Oid: string, Upn: string, AppId: string, Correlation: string)[]),
  (AZKVAuditLogs
    | project At = TimeGenerated, Op = OperationName, Code = HttpStatusCode, Uri = coalesce(Id, RequestUri), Oid = tostring(Identity.claim["${CLAIMS}"]), Upn = tostring(Identity.claim["${UPN}"]), AppId = tostring(Identity.claim.appid), Correlation = CorrelationId),
  (AzureDiagnostics
    | where ResourceProvider == "MICROSOFT.KEYVAULT" and Category == "AuditEvent"
    | project At = TimeGenerated, Op = OperationName, Code = toint(column_ifexists("httpStatusCode_d", real(null))), Uri = coalesce(column_ifexists("id_s", ""), column_ifexists("requestUri_s", "")), Oid = column_ifexists("identity_claim_http_schemas_microsoft_com_identity_claims_objectidentifier_g", ""), Upn = column_ifexists("identity_claim_http_schemas_xmlsoap_org_ws_2005_05_identity_claims_upn_s", ""), AppId = column_ifexists("identity_claim_appid_g", ""), Correlation = CorrelationId)
| where Op in ("KeyDelete", "KeyPurge", "KeyUpdate") and Code < 300
| where tolower(Uri) matches regex @"${patternOf(host)}"
| where Oid !~ "${product}"
| top ${MOST_ROWS} by At desc`;
