/* SPDX-License-Identifier: Apache-2.0 */
/*
 * null-milter - the floor that a milter's cost is measured against: every
 * callback there, a reply to each, headers and body looked at, five headers
 * added at the end.  null-milter SOCKET
 */
#include <libmilter/mfapi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Count {
	size_t headers, body;
} Count;

static void
drop(SMFICTX *ctx)
{
	free(smfi_getpriv(ctx));
	smfi_setpriv(ctx, NULL);
}

static sfsistat
on_connect(SMFICTX *ctx, char *host, _SOCK_ADDR *address)
{
	(void)ctx, (void)host, (void)address;
	return SMFIS_CONTINUE;
}

static sfsistat
on_word(SMFICTX *ctx, char *word)
{
	(void)ctx, (void)word;
	return SMFIS_CONTINUE;
}

static sfsistat
on_from(SMFICTX *ctx, char **argv)
{
	(void)argv;
	drop(ctx);
	smfi_setpriv(ctx, calloc(1, sizeof(Count)));
	return SMFIS_CONTINUE;
}

static sfsistat
on_rcpt(SMFICTX *ctx, char **argv)
{
	(void)ctx, (void)argv;
	return SMFIS_CONTINUE;
}

static sfsistat
on_plain(SMFICTX *ctx)
{
	(void)ctx;
	return SMFIS_CONTINUE;
}

static sfsistat
on_header(SMFICTX *ctx, char *name, char *value)
{
	Count *count = smfi_getpriv(ctx);

	if (count != NULL)
		count->headers += strlen(name) + strlen(value);
	return SMFIS_CONTINUE;
}

static sfsistat
on_body(SMFICTX *ctx, unsigned char *bytes, size_t size)
{
	Count *count = smfi_getpriv(ctx);

	(void)bytes;
	if (count != NULL)
		count->body += size;
	return SMFIS_CONTINUE;
}

static sfsistat
on_eom(SMFICTX *ctx)
{
	static char name[5][16] = { "X-Null-Size", "X-Null-Style",
		                    "X-Null-Feeling", "X-Null-Tier",
		                    "X-Null-Draft" };
	char value[80];
	const Count *count = smfi_getpriv(ctx);

	for (int i = 0; i < 5; i++) {
		snprintf(value, sizeof(value), "headers=%zu; body=%zu",
		         count ? count->headers : 0, count ? count->body : 0);
		if (smfi_addheader(ctx, name[i], value) != MI_SUCCESS)
			return SMFIS_TEMPFAIL;
	}
	drop(ctx);
	return SMFIS_CONTINUE;
}

static sfsistat
on_end(SMFICTX *ctx)
{
	drop(ctx);
	return SMFIS_CONTINUE;
}

static sfsistat
on_negotiate(SMFICTX *ctx, unsigned long actions, unsigned long steps,
             unsigned long f2, unsigned long f3, unsigned long *ret_actions,
             unsigned long *ret_steps, unsigned long *ret_f2,
             unsigned long *ret_f3)
{
	(void)ctx, (void)steps, (void)f2, (void)f3;
	*ret_actions = actions & (SMFIF_ADDHDRS | SMFIF_CHGHDRS);
	*ret_steps = *ret_f2 = *ret_f3 = 0;
	return SMFIS_CONTINUE;
}

int
main(int argc, char **argv)
{
	struct smfiDesc filter = { (char *)"null-milter",
		                   SMFI_VERSION,
		                   SMFIF_ADDHDRS | SMFIF_CHGHDRS,
		                   on_connect,
		                   on_word,
		                   on_from,
		                   on_rcpt,
		                   on_header,
		                   on_plain,
		                   on_body,
		                   on_eom,
		                   on_end,
		                   on_end,
		                   NULL,
		                   on_plain,
		                   on_negotiate };

	if (argc != 2) {
		fprintf(stderr, "usage: null-milter SOCKET\n");
		return 2;
	}
	if (smfi_setconn(argv[1]) != MI_SUCCESS ||
	    smfi_register(filter) != MI_SUCCESS ||
	    smfi_opensocket(1) != MI_SUCCESS)
		return 1;
	return smfi_main();
}
