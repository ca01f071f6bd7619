// The client alone: all of ssh2 is a server, HTTP agents and a key generator too, a third of the time that it takes to load.
declare module 'ssh2/lib/client.js' {
  import { Client } from 'ssh2'
  export default Client
}
