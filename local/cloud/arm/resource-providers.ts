/** Registered in every subscription from its beginning ("Azure resource providers and types", registered by default). */
export const ALWAYS_REGISTERED: readonly string[] = [
  'Microsoft.ADHybridHealthService',
  'Microsoft.Authorization',
  'Microsoft.Billing',
  'Microsoft.Commerce',
  'Microsoft.Consumption',
  'Microsoft.CostManagement',
  'Microsoft.Features',
  'Microsoft.MarketplaceOrdering',
  'Microsoft.Portal',
  'Microsoft.ResourceGraph',
  'Microsoft.ResourceNotifications',
  'Microsoft.Resources',
  'Microsoft.SerialConsole',
  'Microsoft.Support',
];

/**
 * The providers that this cloud plays, and the further ones that a deployment of the product, or of the systems that it guards,
 * registers.
 */
const REGISTRABLE: readonly string[] = [
  'Microsoft.AlertsManagement',
  'Microsoft.App',
  'Microsoft.Cache',
  'Microsoft.Compute',
  'Microsoft.ContainerInstance',
  'Microsoft.ContainerRegistry',
  'Microsoft.ContainerService',
  'Microsoft.DBforMySQL',
  'Microsoft.DBforPostgreSQL',
  'Microsoft.DocumentDB',
  'Microsoft.DurableTask',
  'Microsoft.EventGrid',
  'Microsoft.EventHub',
  'microsoft.insights',
  'Microsoft.KeyVault',
  'Microsoft.Logic',
  'Microsoft.Management',
  'Microsoft.ManagedIdentity',
  'Microsoft.Network',
  'Microsoft.OperationalInsights',
  'Microsoft.OperationsManagement',
  'Microsoft.PolicyInsights',
  'Microsoft.RecoveryServices',
  'Microsoft.ResourceHealth',
  'Microsoft.Security',
  'Microsoft.ServiceBus',
  'Microsoft.Sql',
  'Microsoft.Storage',
  'Microsoft.Web',
];

export const PROVIDERS: readonly string[] = [...ALWAYS_REGISTERED, ...REGISTRABLE];

/** A provider's namespace as Azure writes it; undefined where there is none of that name. */
export const providerNamed = (namespace: string): string | undefined =>
  PROVIDERS.find((each) => each.toLowerCase() === namespace.toLowerCase());
