/**
 * Does work on items, so many of them at a time, and takes the outcomes in the order of the items.
 *
 * @param take whether to go on: what was begun together with an item is taken all the same.
 */
export async function inGroups<Item, Outcome>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Outcome>,
  take: (item: Item, outcome: Outcome) => boolean,
): Promise<void> {
  let group: Item[] = [];
  const finish = async (): Promise<boolean> => {
    const begun = group;
    group = [];
    const outcomes = await Promise.all(begun.map(work));
    return begun.reduce((goesOn, item, i) => take(item, outcomes[i]) && goesOn, true);
  };
  for (const item of items) {
    group.push(item);
    if (group.length >= atOnce && !(await finish())) return;
  }
  await finish();
}
