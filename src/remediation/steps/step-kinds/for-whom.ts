export const everyConsumer = (): boolean => true;
