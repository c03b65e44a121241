/** `systemData` of Resource Manager; not every resource provider shows it. */
export type SystemData = { readonly createdAt?: string | Date };

/** ISO 8601, from a time of Azure with any number of digits. */
export const instantOf = (time: string | Date | undefined): string | undefined => {
  const at = new Date(time ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

/** When a resource was created (ISO 8601). Empty where Azure does not say, or where the time cannot be parsed. */
export const birthIn = (systemData: SystemData | undefined): { readonly birth?: string } => {
  const birth = instantOf(systemData?.createdAt);
  return birth === undefined ? {} : { birth };
};
