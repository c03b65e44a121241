/** Does one thing after the other, in the order in which they came. A thing that fails does not keep the next one from its turn. */
export const inOrder = (): (<Done>(turn: () => Promise<Done>) => Promise<Done>) => {
  let last: Promise<unknown> = Promise.resolve();
  return (turn) => {
    const own = last.then(turn);
    // Whoever comes next does not fail for the one before.
    last = own.catch(() => {});
    return own;
  };
};
