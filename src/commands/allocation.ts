import { setFlagsFromString } from 'node:v8';

// The entry points import this before anything else. Without the flag, V8 counts which objects of a function survive, and
// soon allocates all of them as if they were long-lived. For functions that run in every request, such as those of
// EventEmitter, it is misled by the requests under way: each of these objects then keeps its finished request in memory
// until the next full garbage collection, and the collections between copy these requests, which took up to a tenth of
// the processor's time.
setFlagsFromString('--no-allocation-site-pretenuring');
