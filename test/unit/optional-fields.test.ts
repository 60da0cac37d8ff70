import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { UpdateUser } from '../../src/access/users/users.dto';

describe('an optional field that a request leaves out', () => {
  it('is absent from the DTO, not undefined', () => {
    expect(Object.keys(plainToInstance(UpdateUser, { name: 'Nadia Night' }))).toEqual(['name']);
  });
});
