import 'reflect-metadata';
import { Body, Controller, Get, HttpCode, Inject, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { COLUMNS, generateRows } from '../rows/activity-rows';
import { BareStatements } from './bare-statements';

/** Routes that do nothing, or await one statement. No middleware, no authentication, no validation, no logging. */
@Controller()
class BareController {
  private place = 0;

  constructor(@Inject(BareStatements) private readonly statements: BareStatements) {}

  @Get('constant')
  constant(): object {
    return { status: 'ok' };
  }

  /** Awaits one prepared SELECT by primary key. */
  @Get('row')
  row(): Promise<object> {
    return this.statements.selectUser();
  }

  /** Awaits one prepared INSERT into a copy of the table of activities. */
  @Post('row')
  @HttpCode(201)
  async insert(@Body() { page }: { page: string }): Promise<object> {
    const row = [...ROW];
    row[1] = `BARE${String(this.place++).padStart(22, '0')}`;
    row[PAGE] = page;
    await this.statements.insertActivity(row);
    return { recorded: 1 };
  }
}

/** A row as page views are: without a comment and an order. */
const USER = { id: 'BARE', name: 'Bare', email: 'bare@bench.example', period: 'always' } as const;
const ROW = [...generateRows({ accountId: 'BARE', users: [USER] }, 1)][0]!;
const PAGE = COLUMNS.indexOf('page');

async function main(): Promise<void> {
  const statements = await BareStatements.prepare(process.env.DATABASE_URL!);

  @Module({ controllers: [BareController], providers: [{ provide: BareStatements, useValue: statements }] })
  class BareModule {}

  const app = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
  await app.listen(Number(process.env.PORT), '127.0.0.1');
}

void main();
