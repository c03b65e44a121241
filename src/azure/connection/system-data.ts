/** `systemData` of Resource Manager; not every resource provider shows it. */
export type SystemData = { readonly createdAt?: string | Date };

/** ISO 8601, of what Azure says in as many digits as it likes. */
export const instantOf = (time: string | Date | undefined): string | undefined => {
  const at = new Date(time ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
};

/** When a resource was made (ISO 8601). Nothing where Azure does not say it, or not in a way to read. */
export const birthIn = (systemData: SystemData | undefined): { readonly birth?: string } => {
  const birth = instantOf(systemData?.createdAt);
  return birth === undefined ? {} : { birth };
};
