import type { SimdMemory } from './memory';

/** Pieces of a device's memory by name. They keep what they hold until they grow, and then they may move. */
export class Rooms {
  private readonly rooms = new Map<string, { readonly address: number; readonly bytes: number }>();
  /** How often rooms whose address is kept elsewhere have moved: see {@link reserveTracked}. */
  moves = 0;

  constructor(private readonly memory: SimdMemory) {}

  /** The address of a room of at least so many bytes. */
  reserve(name: string, bytes: number): number {
    const room = this.rooms.get(name);
    if (room && room.bytes >= bytes) return room.address;
    if (room) this.memory.free(room.address);
    const size = room ? Math.max(bytes, Math.ceil(room.bytes * 1.5)) : bytes;
    const address = this.memory.allocate(size);
    this.rooms.set(name, { address, bytes: size });
    return address;
  }

  /** The same of a room whose address is kept elsewhere: counts when it moves. */
  reserveTracked(name: string, bytes: number): void {
    const before = this.rooms.get(name)?.address;
    if (this.reserve(name, bytes) !== before) this.moves++;
  }

  /** The address of a room that was reserved. */
  addressOf(name: string): number {
    const room = this.rooms.get(name);
    if (!room) throw new Error(`There is no room for ${name}.`);
    return room.address;
  }

  dispose(): void {
    for (const { address } of this.rooms.values()) this.memory.free(address);
    this.rooms.clear();
  }
}
