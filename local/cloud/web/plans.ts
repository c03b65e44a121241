/** A Flex Consumption plan. */
export type Plan = {
  id: string;
  name: string;
  location: string;
  tags: Record<string, string>;
  zoneRedundant: boolean;
};

/** Plans by resource id without regard to case. */
export type Plans = {
  all(): Plan[];
  get(id: string): Plan | undefined;
  put(plan: Plan): void;
  remove(id: string): void;
};

export const createPlans = (): Plans => {
  const plans = new Map<string, Plan>();
  return {
    all: () => [...plans.values()],
    get: (id) => plans.get(id.toLowerCase()),
    put: (plan) => void plans.set(plan.id.toLowerCase(), plan),
    remove: (id) => void plans.delete(id.toLowerCase()),
  };
};
