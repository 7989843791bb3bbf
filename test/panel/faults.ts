/** What can befall a trainer in its worker. */
export type Fault = 'lose webgpu' | 'lose webgl2' | 'throw' | 'close';

export const faultChannel = 'faults';
