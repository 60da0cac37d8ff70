import { Controller, Get, Module, Post, type Type } from '@nestjs/common';
import { PeopleOnly, Public } from '../../../src/access/guard/access-rule.decorator';
import { Untracked } from '../../../src/audit/tracking/tracked.decorator';
import { IdempotencyModule } from '../../../src/idempotency/idempotency.module';
import { Idempotent } from '../../../src/idempotency/idempotent.decorator';
import { Service } from '../../support/service';

@Controller('open')
class UndeclaredController {
  @Get()
  read(): string {
    return 'anything';
  }
}
@Module({ controllers: [UndeclaredController] })
class UndeclaredModule {}

@Controller('half-open')
@PeopleOnly()
class HalfDeclaredController {
  @Get()
  read(): string {
    return 'anything';
  }
}
@Module({ controllers: [HalfDeclaredController] })
class HalfDeclaredModule {}

@Controller('silent')
@Public()
class UnrecordedController {
  @Post()
  write(): string {
    return 'anything';
  }
}
@Module({ controllers: [UnrecordedController] })
class UnrecordedModule {}

@Controller('forgetful')
@Public()
class ForgetfulController {
  @Post()
  @Idempotent()
  @Untracked('it writes nothing')
  write(): string {
    return 'anything';
  }
}
@Module({ imports: [IdempotencyModule], controllers: [ForgetfulController] })
class ForgetfulModule {}

@Controller('explained')
@Public()
class ExplainedController {
  @Post()
  @Untracked('it writes nothing')
  write(): string {
    return 'anything';
  }
}
@Module({ controllers: [ExplainedController] })
class ExplainedModule {}

/** Milliseconds; a start takes about a second. */
const DEADLINE = 20_000;

/** A service that starts against the rules is stopped, because a server that keeps running would keep the tests from ending. */
async function startAndStop(module: Type): Promise<void> {
  const service = await Service.start({}, { imports: [module] });
  await service.stop();
}

describe('a route', () => {
  it.each([
    ['without an access rule', UndeclaredModule, 'UndeclaredController.read has no access rule'],
    ['that only refuses API keys', HalfDeclaredModule, 'HalfDeclaredController.read has no access rule'],
    ['that writes and is not tracked', UnrecordedModule, 'UnrecordedController.write writes, but is neither @Tracked'],
    ['that is repeatable and remembers no answer', ForgetfulModule, 'ForgetfulController.write is @Idempotent, but'],
  ])(
    '%s keeps the service from starting',
    async (_, module, message) => {
      await expect(startAndStop(module)).rejects.toThrow(message);
    },
    DEADLINE,
  );

  it('that writes and says why it is not tracked may start', async () => {
    const service = await Service.start({}, { imports: [ExplainedModule] });
    await service.nobody.post('/v1/explained').expect(201);
    await service.stop();
  });
});
