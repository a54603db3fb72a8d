package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/urfave/cli/v2"
)

// completionScripts ask the program itself for the candidates: it knows its
// commands, flags and rules.
var completionScripts = map[string]string{
	"bash": `# bash completion for cognilint; load it with: source <(cognilint completion bash)
_cognilint() {
  local words=("${COMP_WORDS[@]:0:COMP_CWORD}") current="${COMP_WORDS[COMP_CWORD]}"
  [[ $current == -* ]] && words+=("$current")
  COMPREPLY=($(compgen -W "$("${words[@]}" --generate-bash-completion 2>/dev/null)" -- "$current"))
}
complete -o default -F _cognilint cognilint
`,
	"zsh": `#compdef cognilint
# zsh completion for cognilint; load it with: source <(cognilint completion zsh)
_cognilint() {
  local -a query candidates
  query=("${(@)words[1,CURRENT-1]}")
  [[ ${words[CURRENT]} == -* ]] && query+=("${words[CURRENT]}")
  candidates=("${(@f)$("${query[@]}" --generate-bash-completion 2>/dev/null)}")
  compadd -a candidates
  _files
}
compdef _cognilint cognilint
`,
	"fish": `# fish completion for cognilint; load it with: cognilint completion fish | source
function __cognilint
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  string match -q -- '-*' $current; and set -a words $current
  $words --generate-bash-completion 2>/dev/null
end
complete -c cognilint -a '(__cognilint)'
`,
	"powershell": `# PowerShell completion for cognilint; load it with: cognilint completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName cognilint -ScriptBlock {
  param($current, $ast, $position)
  $words = @($ast.CommandElements | ForEach-Object { $_.ToString() })
  if ($current -and -not $current.StartsWith('-')) { $words = $words[0..($words.Count - 2)] }
  $rest = @($words | Select-Object -Skip 1)
  & $words[0] @rest --generate-bash-completion 2>$null | Where-Object { $_ -like "$current*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`,
}

func completionCommand() *cli.Command {
	return &cli.Command{
		Name:               "completion",
		Usage:              "print the completion script of a shell",
		UsageText:          "cognilint completion bash|zsh|fish|powershell",
		Description:        "Example:\n   source <(cognilint completion bash)",
		CustomHelpTemplate: commandHelp,
		Action: func(c *cli.Context) error {
			if err := exactArgs(c, 1, "one shell (bash, zsh, fish or powershell)"); err != nil {
				return err
			}
			script, ok := completionScripts[c.Args().First()]
			if !ok {
				return errors.New(unknownMessage("shell", c.Args().First(), slices.Sorted(maps.Keys(completionScripts))))
			}
			_, err := fmt.Fprint(c.App.Writer, script)
			return err
		},
	}
}
