import { type CallArguments, integer, type Operand } from '../operand.ts'
import type { Method } from './arguments.ts'

/** The methods of Python's int. */
export const INTEGER_METHODS: Readonly<Record<string, Method>> = {
  bit_length: (value: number | bigint) => {
    const size = BigInt(value) < 0n ? -BigInt(value) : BigInt(value)
    return size === 0n ? 0 : size.toString(2).length
  },
  bit_count: (value: number | bigint) => BigInt(value).toString(2).replace(/[^1]/g, '').length,
  conjugate: (value: number | bigint) => value,
  is_integer: () => true,
} satisfies Record<string, (value: number | bigint, call: CallArguments) => Operand>

/** The methods of Python's float. */
export const FLOAT_METHODS: Readonly<Record<string, Method>> = {
  is_integer: (value: number) => Number.isInteger(Number(value)),
  conjugate: (value: number) => value,
}

/** What an int or float has that is no method. */
export const NUMBER_ATTRIBUTES: Readonly<Record<string, (value: number | bigint) => Operand>> = {
  real: value => value,
  imag: () => 0,
  numerator: value => integer(BigInt(value)),
  denominator: () => 1,
}
