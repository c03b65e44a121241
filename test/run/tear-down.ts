const ends: (() => Promise<void>)[] = [];

/** Actions to undo after the last test, the last one first. */
export const atTheEnd = (end: () => Promise<void>): void => void ends.push(end);

export default async function tearDown(): Promise<void> {
  for (const end of ends.splice(0).reverse()) await end();
}
