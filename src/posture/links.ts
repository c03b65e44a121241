/** Pages of Microsoft that the report links to. */
export const LINKS = {
  clusterSecurity: 'https://learn.microsoft.com/azure/aks/operator-best-practices-cluster-security',
  serverHowTo: 'https://learn.microsoft.com/azure/mysql/flexible-server/security-how-to-data-encryption-cli',
  storageTypes: 'https://learn.microsoft.com/azure/virtual-machines/disks-types',
  softDelete: 'https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview',
  networkSecurity: 'https://learn.microsoft.com/azure/key-vault/general/network-security',
  diskEncryption: 'https://learn.microsoft.com/azure/virtual-machines/disk-encryption',
  clusterDisks: 'https://learn.microsoft.com/azure/aks/azure-disk-customer-managed-keys',
} as const satisfies Readonly<Record<string, string>>;
