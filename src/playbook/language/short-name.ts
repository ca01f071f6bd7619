const PREFIX = /^(ansible\.(builtin|legacy|utils|netcommon|posix)|community\.(general|network))\./

/** 'ansible.utils.ipaddr' is 'ipaddr'. */
export function shortName(name: string): string {
  return name.includes('.') ? name.replace(PREFIX, '') : name
}
