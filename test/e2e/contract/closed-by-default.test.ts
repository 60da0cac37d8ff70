import { Controller, Get, Module, Post } from '@nestjs/common';
import { PeopleOnly, Public } from '../../../src/access/guard/access-rule.decorator';
import { Untracked } from '../../../src/audit/tracking/tracked.decorator';
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

describe('a route', () => {
  it.each([
    ['that says not who may call it', UndeclaredModule, 'UndeclaredController.read says not who may call it'],
    ['that says only that keys may not', HalfDeclaredModule, 'HalfDeclaredController.read says not who may call it'],
    ['that writes and is not tracked', UnrecordedModule, 'UnrecordedController.write writes, but is neither @Tracked'],
  ])('%s keeps the service from starting', async (_, module, message) => {
    await expect(Service.start({}, { imports: [module] })).rejects.toThrow(message);
  });

  it('that writes and says why it is not tracked may start', async () => {
    const service = await Service.start({}, { imports: [ExplainedModule] });
    await service.nobody.post('/v1/explained').expect(201);
    await service.stop();
  });
});
