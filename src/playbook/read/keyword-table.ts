/** What a keyword's value may be; a template is allowed for all but 'steps' and 'name'. */
export type KeywordType = 'text' | 'flag' | 'number' | 'list' | 'mapping' | 'condition' | 'steps' | 'any'

const SHARED: Readonly<Record<string, KeywordType>> = {
  name: 'text',
  vars: 'mapping',
  tags: 'list',
  ignore_errors: 'flag',
  ignore_unreachable: 'flag',
  run_once: 'flag',
  check_mode: 'flag',
  diff: 'flag',
  no_log: 'flag',
  any_errors_fatal: 'flag',
  throttle: 'number',
  environment: 'any',
  module_defaults: 'any',
  connection: 'text',
  remote_user: 'text',
  port: 'number',
  timeout: 'number',
  become: 'flag',
  become_user: 'text',
  become_method: 'text',
  become_flags: 'text',
  become_exe: 'text',
  collections: 'list',
  debugger: 'text',
}

const STEP: Readonly<Record<string, KeywordType>> = {
  when: 'condition',
  delegate_to: 'text',
  delegate_facts: 'flag',
  notify: 'list',
}

/** Keywords of a play. */
export const PLAY_KEYWORDS: Readonly<Record<string, KeywordType>> = {
  ...SHARED,
  hosts: 'any',
  vars_files: 'list',
  vars_prompt: 'list',
  roles: 'list',
  pre_tasks: 'steps',
  tasks: 'steps',
  post_tasks: 'steps',
  handlers: 'steps',
  serial: 'any',
  strategy: 'text',
  order: 'text',
  max_fail_percentage: 'number',
  gather_facts: 'flag',
  gather_subset: 'any',
  gather_timeout: 'number',
  fact_path: 'text',
  force_handlers: 'flag',
  user: 'text',
}

/** Keywords of block, rescue, always. */
export const BLOCK_KEYWORDS: Readonly<Record<string, KeywordType>> = {
  ...SHARED,
  ...STEP,
  block: 'steps',
  rescue: 'steps',
  always: 'steps',
  listen: 'list',
}

/** Keywords of a task, beside its module. */
export const TASK_KEYWORDS: Readonly<Record<string, KeywordType>> = {
  ...SHARED,
  ...STEP,
  args: 'any',
  action: 'any',
  local_action: 'any',
  loop: 'any',
  loop_control: 'mapping',
  register: 'text',
  listen: 'list',
  changed_when: 'condition',
  failed_when: 'condition',
  until: 'condition',
  retries: 'number',
  delay: 'number',
  async: 'number',
  poll: 'number',
}

/** Keywords of an import_playbook entry. */
export const IMPORT_PLAYBOOK_KEYWORDS: Readonly<Record<string, KeywordType>> = {
  name: 'text',
  vars: 'mapping',
  tags: 'list',
  when: 'condition',
  import_playbook: 'text',
}

export const LOOP_CONTROL = ['loop_var', 'index_var', 'label', 'pause', 'extended', 'extended_allitems']
