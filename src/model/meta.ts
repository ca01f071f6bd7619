/** What `meta` can ask of the engine. */
export const META_ACTIONS = [
  'noop',
  'flush_handlers',
  'end_play',
  'end_host',
  'end_batch',
  'clear_host_errors',
  'clear_facts',
  'refresh_inventory',
  'reset_connection',
] as const
