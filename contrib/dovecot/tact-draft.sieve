# Drafts of replies, handed over by tact-drafter by LMTP: into the folder of
# drafts, marked as such. To be run before all users' scripts (tact-draft.conf).
#
# What a human will send must come from nobody but Tact, so the header alone
# decides nothing: its value must be this site's secret, which Dovecot knows
# from sieve_env_tact_secret. While that is empty, nothing is a draft.
#
# A draft whose answer got lost comes twice; the second is thrown away.
require ["duplicate", "editheader", "environment", "fileinto", "imap4flags",
	"mailbox", "variables", "vnd.dovecot.environment"];

if allof (
	not string :is "${env.vnd.dovecot.config.tact_secret}" "",
	header :is "X-Tact-Secret" "${env.vnd.dovecot.config.tact_secret}"
) {
	deleteheader "X-Tact-Secret";
	if duplicate :header "message-id" :handle "tact-draft" :seconds 172800 {
		discard;
		stop;
	}
	set "folder" "${env.vnd.dovecot.config.tact_drafts}";
	if string :is "${folder}" "" {
		set "folder" "Drafts";
	}
	fileinto :create :flags "\\Draft" "${folder}";
	stop;
}
# Somebody else's: whatever it is, it is nothing here.
if exists "X-Tact-Secret" {
	deleteheader "X-Tact-Secret";
}
