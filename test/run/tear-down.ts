const ends: (() => Promise<void>)[] = [];

/** Undone after the last test, the last thing first. */
export const atTheEnd = (end: () => Promise<void>): void => void ends.push(end);

export default async function tearDown(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}
