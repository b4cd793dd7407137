import { FairGate } from './fair-gate';

const gate = (places: number, waiting = 100, waitMs = 60_000) => new FairGate({ places, waiting, waitMs });

describe('the places of a replica', () => {
  it('C07 go to whoever comes while there are some', async () => {
    const room = gate(4);
    const leaves = await Promise.all([room.enter('a'), room.enter('a'), room.enter('b')]);
    for (const leave of leaves) leave();
    await expect(room.enter('a')).resolves.toBeDefined();
  });

  it('C07 leave a quarter to others, however many one tenant sends', async () => {
    const room = gate(4);
    const flood = Array.from({ length: 50 }, () => room.enter('flood'));
    await Promise.all(flood.slice(0, 3));
    await expect(room.enter('quiet')).resolves.toBeDefined(); // at once, past 47 that wait
  });

  it('C07 that become free go to the tenant that has the fewest', async () => {
    const room = gate(4);
    const order: string[] = [];
    const inside = await Promise.all(['a', 'a', 'a', 'b'].map((tenant) => room.enter(tenant)));
    const later = ['a', 'a', 'c', 'b'].map((tenant) =>
      room.enter(tenant).then((leave) => {
        order.push(tenant);
        setImmediate(leave);
      }),
    );
    inside[0]!();
    await Promise.all(later);
    expect(order[0]).toBe('c');
    expect(order).toHaveLength(4);
  });

  it('C07 are refused to a line that is full or does not move', async () => {
    const room = gate(1, 1, 10);
    const leave = await room.enter('a');
    const waiting = room.enter('a');
    await expect(room.enter('a')).rejects.toMatchObject({ name: 'SERVER_BUSY' });
    await expect(waiting).rejects.toMatchObject({ name: 'SERVER_BUSY' });
    leave();
    leave();
    await expect(room.enter('a')).resolves.toBeDefined();
    await expect(room.enter('a')).rejects.toMatchObject({ name: 'SERVER_BUSY' }); // leaving twice made no second place
  });
});
