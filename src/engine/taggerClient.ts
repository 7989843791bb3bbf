import { Caller } from './calls';
import type { Answer, Call } from './calls';
import type { Tagger } from './engine';
import type { WorkerPort } from './port';
import type { TaggerAnswers, TaggerRequest, TaggerResponse } from './taggerProtocol';

/**
 * The tagger, seen from the host. It remembers the models, so that a worker that died is replaced by one that
 * has them.
 */
export class TaggerClient implements Tagger {
  private readonly models = new Map<string, Uint8Array<ArrayBuffer>>();
  private readonly caller: Caller<TaggerRequest, TaggerAnswers>;

  constructor(spawn: () => WorkerPort<Call<TaggerRequest>, Answer>) {
    this.caller = new Caller(spawn, (send) => {
      // A model that no longer loads is reported by the request that needs it.
      for (const [key, bytes] of this.models) send({ type: 'load', key, bytes }).catch(() => undefined);
    });
  }

  async request<Request extends TaggerRequest>(request: Request): Promise<TaggerResponse<Request>> {
    if (request.type === 'unload') this.models.delete(request.key);
    const answer = await this.caller.call(request);
    if (request.type === 'load') this.models.set(request.key, request.bytes);
    return answer;
  }

  dispose(): void {
    this.caller.dispose();
    this.models.clear();
  }
}
