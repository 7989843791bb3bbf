/** Records a program's operations on places that have no address yet, and then lays it out in memory. */
import { From, Opcode } from './assembly/opcodes';

/** Room in the scratch space, from the first operation that names it to the last. */
export class Room {
  firstUse = Infinity;
  lastUse = -1;
  address = 0;

  constructor(readonly bytes: number) {}
}

/** Where an operand lies: so many bytes into a room, or at the address that a table of the run's holds. */
export interface Place {
  readonly in: Room | { readonly table: From.inputs | From.outputs; readonly slot: number };
  readonly offset: number;
}

/** The entry of a run's table; its address counts from nothing else, so it has no offset. */
export function slot(table: From.inputs | From.outputs, index: number): Place {
  return { in: { table, slot: index }, offset: 0 };
}

export function at(room: Room, offset = 0): Place {
  return { in: room, offset };
}

type Operand = number | Place;

/** A program as the kernels read it, and the scratch space that it needs. */
export interface Recording {
  readonly code: Int32Array;
  readonly scratchBytes: number;
}

const lineBytes = 64;
/** Tiles write whole blocks of four rows, and packing reads them. */
const slackBytes = 256;

export class Recorder {
  private readonly words: Operand[] = [];
  private readonly rooms: Room[] = [];
  private operations = 0;

  room(bytes: number): Room {
    const room = new Room(Math.ceil((bytes + slackBytes) / lineBytes) * lineBytes);
    this.rooms.push(room);
    return room;
  }

  emit(opcode: Opcode, ...operands: readonly Operand[]): void {
    const index = this.operations++;
    for (const operand of operands) {
      if (typeof operand === 'number' || !(operand.in instanceof Room)) continue;
      operand.in.firstUse = Math.min(operand.in.firstUse, index);
      operand.in.lastUse = index;
    }
    this.words.push(opcode, ...operands);
  }

  finish(): Recording {
    const scratchBytes = layOut(this.rooms.filter(({ lastUse }) => lastUse >= 0));
    const code = Int32Array.from([...this.words, Opcode.end], (word) => {
      if (typeof word === 'number') return word;
      if (word.in instanceof Room) return (word.in.address + word.offset) | From.scratch;
      return (word.in.slot * 4) | word.in.table;
    });
    return { code, scratchBytes };
  }
}

/**
 * Gives each room the lowest address that is free as long as it is used: small scratch spaces stay in the
 * cache. Returns the end.
 */
function layOut(rooms: readonly Room[]): number {
  const placed: Room[] = [];
  let end = 0;
  for (const room of [...rooms].sort((a, b) => a.firstUse - b.firstUse || b.bytes - a.bytes)) {
    const beside = placed
      .filter((other) => other.lastUse >= room.firstUse && other.firstUse <= room.lastUse)
      .sort((a, b) => a.address - b.address);
    let address = 0;
    for (const other of beside) {
      if (address + room.bytes <= other.address) break;
      address = Math.max(address, other.address + other.bytes);
    }
    room.address = address;
    placed.push(room);
    end = Math.max(end, address + room.bytes);
  }
  return end;
}
