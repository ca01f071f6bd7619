import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { codeOf, complaintFailure, complaintsOf, endsTheCall } from '../../../src/connection/kubectl/complaint.ts'
import { conflictOf } from '../../../src/connection/kubectl/conflict.ts'

const MIXED = `W1120 23:00:00.000001   12 warnings.go:70] something old
Warning: v1 Endpoints is deprecated
unable to recognize no matches for kind "Foo" in version "x.io/v1"
The ConfigMap "bad" is invalid: 
* data[a b]: Invalid value: "a b"
* metadata.name: Required value
Apply failed with 2 conflicts: conflicts with "helm" using v1:
- .data.a
- .data.b
Please review the fields above--they currently have other managers. Here
are the ways you can resolve this warning:
* If you intend to manage all of these fields, please re-run the apply
  command with the \`--force-conflicts\` flag.
See https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
Error from server (Forbidden): configmaps "c" is forbidden: User "u" cannot patch
`

test('what kubectl prints becomes one complaint per object, without its advice', () => {
  const complaints = complaintsOf(MIXED)
  assert.equal(
    complaints.map(complaint => complaint.split('\n').length),
    [1, 3, 3, 1],
  )
  assert.equal(complaints.map(codeOf), ['rejected', 'rejected', 'rejected', 'denied'])
  assert.not.ok(complaints.some(endsTheCall))
})

test('the same words are told apart by who says them', () => {
  const codes = {
    'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?': 'unreachable',
    'Unable to connect to the server: dial tcp: lookup x.invalid on 127.0.0.1:53: no such host': 'unreachable',
    'Unable to connect to the server: x509: certificate signed by unknown authority': 'unreachable',
    'Unable to connect to the server: net/http: TLS handshake timeout': 'timeout',
    'Unable to connect to the server: context deadline exceeded': 'timeout',
    'You must be logged in to the server (Unauthorized)': 'denied',
    'Error from server (TooManyRequests): the server has received too many requests': 'busy',
    'Error from server (ServiceUnavailable): the server is currently unable to handle the request': 'busy',
    'Error from server (InternalError): x509: connection refused by the webhook': 'rejected',
    'Error in configuration: context was not found for specified context: nope': 'invalid',
  }
  for (const [words, code] of Object.entries(codes)) assert.is(codeOf(words), code, words)
})

test('a failure names the object and keeps the words of the server', () => {
  const { failure } = complaintFailure('Error from server (Invalid): BGPPeer "a" is invalid', 'blue', 'BGPPeer/a')
  assert.equal(failure, {
    code: 'rejected',
    message: 'The cluster blue refused BGPPeer/a.',
    device: { said: 'BGPPeer "a" is invalid', line: 'BGPPeer/a' },
  })
})

test('conflicts are read in both forms', () => {
  const one = conflictOf('Apply failed with 1 conflict: conflict with "kubectl" using apps/v1: .spec.replicas')
  assert.equal([one?.manager, one?.fields], ['kubectl', ['.spec.replicas']])
  const two = conflictOf(
    'Apply failed with 2 conflicts: conflicts with "helm" using v1:\n- .data.a\nconflicts with "x":\n- .data.b',
  )
  assert.equal([two?.manager, two?.fields], ['helm, x', ['.data.a', '.data.b']])
  assert.is(conflictOf('The ConfigMap "bad" is invalid'), null)
})

test.run()
