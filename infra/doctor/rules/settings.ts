import { ConfigError, loadConfig } from '../../../src/config.ts';
import { known } from '../facts.ts';
import { appOptions, limits, type Rule, stops } from '../finding.ts';
import { hostStorageOf } from '../host-storage.ts';

/** The product's own parser of its settings: it finds the same faults here as at its start. */
const faultsIn = (settings: Readonly<Record<string, string>>): readonly string[] => {
  try {
    loadConfig(settings);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};

const productTakesThem: Rule = (facts) => {
  const settings = known(facts.settings);
  if (!settings) return [];
  return faultsIn(settings).map((fault) =>
    stops(
      `The product does not start: ${fault}`,
      `az functionapp config appsettings set ${appOptions(facts)} --settings <name>=<value>`,
    ),
  );
};

const hostHasStorage: Rule = (facts) => {
  const settings = known(facts.settings);
  if (!settings) return [];
  const { byKey, byIdentity } = hostStorageOf(settings);
  if (byKey || byIdentity.length > 0) return [];
  return [
    stops(
      'No setting says where the storage of the Functions host is (AzureWebJobsStorage__blobServiceUri, __queueServiceUri, __tableServiceUri): it does not start.',
      `az functionapp config appsettings set ${appOptions(facts)} --settings AzureWebJobsStorage__blobServiceUri=https://<account>.blob.core.windows.net AzureWebJobsStorage__queueServiceUri=https://<account>.queue.core.windows.net AzureWebJobsStorage__tableServiceUri=https://<account>.table.core.windows.net AzureWebJobsStorage__credential=managedidentity`,
    ),
  ];
};

const noKeyIsLeft: Rule = (facts) => {
  const settings = known(facts.settings);
  if (!settings) return [];
  const { byKey, byIdentity, account } = hostStorageOf(settings);
  const remove = `az functionapp config appsettings delete ${appOptions(facts)} --setting-names AzureWebJobsStorage`;
  if (byKey && byIdentity.length > 0)
    return [
      stops(
        `AzureWebJobsStorage is left over beside ${byIdentity.join(', ')}: the host takes the connection string, and its shared key.`,
        remove,
      ),
    ];
  const found = account === undefined ? undefined : known(facts.accounts[account] ?? { kind: 'absent' });
  if (found?.sharedKeys)
    return [
      limits(
        `The storage account ${found.name} still takes shared keys: whoever has one is the product.`,
        `az storage account update --ids ${found.id} --allow-shared-key-access false`,
      ),
    ];
  return byKey
    ? [limits('AzureWebJobsStorage is a connection string: whoever has its shared key is the product.')]
    : [];
};

/** Flex Consumption refuses or ignores these settings; apps that were moved there still have them. */
const LEFTOVERS = [
  'FUNCTIONS_WORKER_RUNTIME',
  'WEBSITE_RUN_FROM_PACKAGE',
  'WEBSITE_CONTENTAZUREFILECONNECTIONSTRING',
  'WEBSITE_CONTENTSHARE',
  'WEBSITE_NODE_DEFAULT_VERSION',
  'AzureWebJobsDashboard',
];

const noLeftovers: Rule = (facts) => {
  const settings = known(facts.settings);
  const left = LEFTOVERS.filter((name) => settings?.[name] !== undefined);
  if (left.length === 0) return [];
  const remove = `az functionapp config appsettings delete ${appOptions(facts)} --setting-names ${left.join(' ')}`;
  return [
    limits(
      `Settings of other plans are left over, which Flex Consumption refuses or ignores: ${left.join(', ')}.`,
      remove,
    ),
  ];
};

export const SETTINGS_RULES: readonly Rule[] = [hostHasStorage, productTakesThem, noKeyIsLeft, noLeftovers];
