/** The script that makes a shell ask `masa` itself what fits. */
export function completionScript(shell: 'bash' | 'zsh'): string {
  const ask = 'masa --complete';
  return shell === 'bash'
    ? [
        '_masa() {',
        "  local IFS=$'\\n'",
        `  COMPREPLY=($(${ask} "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))`,
        '}',
        'complete -o bashdefault -o default -F _masa masa',
      ].join('\n')
    : [
        '#compdef masa',
        '_masa() {',
        '  local -a found',
        `  found=("\${(@f)$(${ask} "\${(@)words[2,CURRENT]}" 2>/dev/null)}")`,
        `  if [[ -n "\${found[1]}" ]]; then compadd -- "\${found[@]}"; else _files; fi`,
        '}',
        'compdef _masa masa',
      ].join('\n');
}
