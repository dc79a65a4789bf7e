# bash completion for tact(1), made by `tact completion bash`
_tact()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
	local options= words=

	COMPREPLY=()
	case $prev in
	--rules) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
	--config) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	--mailbox) COMPREPLY=(); return ;;
	--postconf) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	--dir) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
	--language) COMPREPLY=(); return ;;
	--label) COMPREPLY=(); return ;;
	--output) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	--cross-validate) COMPREPLY=(); return ;;
	--seen) COMPREPLY=(); return ;;
	--only) COMPREPLY=(); return ;;
	--finding) COMPREPLY=(); return ;;
	--owner) COMPREPLY=(); return ;;
	--until) COMPREPLY=(); return ;;
	--reason) COMPREPLY=(); return ;;
	--mapping) COMPREPLY=(); return ;;
	--watch) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
	--sql) COMPREPLY=(); return ;;
	--from-summary) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	--finding) COMPREPLY=(); return ;;
	--margin) COMPREPLY=(); return ;;
	--wait) COMPREPLY=(); return ;;
	--known) COMPREPLY=(); return ;;
	--mail) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	--days) COMPREPLY=(); return ;;
	--since) COMPREPLY=(); return ;;
	--role) COMPREPLY=(); return ;;
	--state) COMPREPLY=(); return ;;
	--sendmail) mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	--key) mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
	esac
	if [ "$COMP_CWORD" -eq 1 ]; then
		COMPREPLY=($(compgen -W 'audit check-mta completion config customer db draft evaluate help init inspect knowledge language learn lesson overdue privacy replay report rules status template train trust value' -- "$cur"))
		return
	fi
	case ${COMP_WORDS[1]} in
	audit)
		options='--help --json --csv --rules --config'
		words=''
		;;
	check-mta)
		options='--help --json --config --postconf --dir'
		words='postfix sendmail'
		;;
	completion)
		options='--help'
		words='bash zsh'
		;;
	config)
		options='--help --json --config'
		words='check show has-store sample mdoc'
		;;
	customer)
		options='--help --json --rules --config --dry-run --mapping --watch --sql --again --once'
		words='import show merge count'
		;;
	db)
		options='--help --json --config --finish'
		words='check backup restore stats rotate-key'
		;;
	draft)
		options='--help --json --text --rules --config --mailbox --reason --yes --state --send --sendmail'
		words='list show approve edit reject retry'
		;;
	evaluate)
		options='--help --json --rules --config --language --identify --label'
		words=''
		;;
	help)
		options='--help'
		words='audit check-mta completion config customer db draft evaluate help init inspect knowledge language learn lesson overdue privacy replay report rules status template train trust value'
		;;
	init)
		options='--help --json --config --owner'
		words=''
		;;
	inspect)
		options='--help --json --why --text --rules --config'
		words=''
		;;
	knowledge)
		options='--help --json --rules --config --language --mail --days'
		words='check search gaps'
		;;
	language)
		options='--help'
		words='build'
		;;
	learn)
		options='--help --json --rules --config --list --forget --finding'
		words=''
		;;
	lesson)
		options='--help --json --config --mailbox --language'
		words='list freeze resume drop'
		;;
	overdue)
		options='--help --json --config'
		words=''
		;;
	privacy)
		options='--help --json --config --yes --wait --known --key'
		words='export erase object unobject restrict unrestrict purge reapply log register'
		;;
	replay)
		options='--help --rules --config --mailbox'
		words=''
		;;
	report)
		options='--help --json --csv --config --mailbox --until --daily --weekly --monthly --since --role --html --prometheus'
		words=''
		;;
	rules)
		options='--help --json --rules --config'
		words='check'
		;;
	status)
		options='--help --json --config'
		words=''
		;;
	template)
		options='--help --json --rules --config --language'
		words='check preview'
		;;
	train)
		options='--help --json --rules --config --language --label --output --cross-validate --seen --only --finding --site --margin --force --if-stale'
		words=''
		;;
	trust)
		options='--help --json --rules --config --until --reason'
		words='allow drop list report'
		;;
	value)
		options='--help --json --config --until --reason --dry-run --from-summary'
		words='fit report card tier'
		;;
	esac
	case $cur in
	-*) COMPREPLY=($(compgen -W "$options" -- "$cur")) ;;
	*)
		if [ -n "$words" ] && [ "$COMP_CWORD" -eq 2 ]; then
			COMPREPLY=($(compgen -W "$words" -- "$cur"))
		else
			mapfile -t COMPREPLY < <(compgen -f -- "$cur")
		fi
		;;
	esac
}
complete -o filenames -F _tact tact
