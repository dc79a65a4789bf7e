# Run by Dovecot when a mail is moved or copied into a folder below Tact/ (see
# tact-learn.conf): hands the mail and the rest of the folder's name to the
# script tact-learn. The separator is whatever the namespace has.
require ["copy", "environment", "imapsieve", "variables", "vnd.dovecot.pipe"];

if environment :matches "imap.mailbox" "Tact?*" {
	pipe :copy "tact-learn" ["${2}"];
}
