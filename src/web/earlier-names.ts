/**
 * Answers that also have the member `impact` by the name that it had before. The next version leaves `harm` out.
 */
export const withHarm = <Told extends { readonly impact: unknown }>(
  told: Told,
): Told & { readonly harm: Told['impact'] } => ({ ...told, harm: told.impact });
