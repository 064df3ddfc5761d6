/**
 * The completion script for bash. The library's own needs the bash-completion package, evaluates what was typed, and
 * breaks names with a colon (`mekari:sandbox`), where bash takes the colon for the end of a word. Where nothing of ours fits,
 * bash completes files, as `--config` and `validate` want them.
 */
export const bashCompletion = `# bash completion for mock-oauth
_mock_oauth() {
  local line=\${COMP_LINE:0:COMP_POINT} words current before= value description
  read -ra words <<< "$line"
  if [[ $line == *[[:space:]] ]]; then words+=(''); fi
  current=\${words[\${#words[@]} - 1]}
  if [[ $current == *:* && $COMP_WORDBREAKS == *:* ]]; then before=\${current%:*}:; fi
  COMPREPLY=()
  while IFS=$'\\t' read -r value description; do
    if [[ $value != :* ]]; then COMPREPLY+=("\${value#"$before"}"); fi
  done < <(mock-oauth complete -- "\${words[@]:1}" 2> /dev/null)
}
complete -o default -F _mock_oauth mock-oauth`
