import { Injectable } from '@nestjs/common';

/** Whether load balancers should send requests to this process. */
@Injectable()
export class Readiness {
  isStopping = false;
}
