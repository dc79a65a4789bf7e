/* SPDX-License-Identifier: Apache-2.0 */
/*
 * orders_files - small exports, and what is read of them.
 *
 * Owns:    nothing.
 * Threads: any.
 */
#ifndef ORDERS_FILES_H
#define ORDERS_FILES_H

typedef struct FileRow {
	const char *name;
	const char *mapping;
	const char *text;
	const char *out;
} FileRow;

#define HEAD "Order ID,Date,Customer ID,Email,Amount\n"

static const FileRow files[] = {
	{ "plain", "", HEAD "1,2025-02-01,77,a@b.example,12.50\n",
	  "2: 1@20120=1250 <a@b.example> #77\n" },
	{ "no-last-end", "", HEAD "1,2025-02-01,77,,12.50",
	  "2: 1@20120=1250 #77\n" },
	{ "crlf", "",
	  "Order ID;Date;Email;Amount\r\n1;01.02.2025;a@b.example;12,50\r\n"
	  "2;01.02.2025;c@d.example;1.200\r\n",
	  "2: 1@20120=1250 <a@b.example>\n3: 2@20120=120000 <c@d.example>\n" },
	{ "cr", "", "Order ID\tDate\tEmail\tAmount\r1\t20250201\ta@b\t1.5\r",
	  "2: 1@20120=150 <a@b>\n" },
	{ "bar", "", "Order ID|Date|Email|Amount\n1|20250201|a@b|1.5\n",
	  "2: 1@20120=150 <a@b>\n" },
	{ "sep", "", "sep=;\nOrder ID;Date;Email;Amount\n1;20250201;a@b;1,5\n",
	  "3: 1@20120=150 <a@b>\n" },
	{ "quotes", "",
	  HEAD "\"1\",\"2025-02-01\",\"7,7\",\"a@b\",\"1,250.00\"\n"
	       "\"2 \"\"x\"\"\",2025-02-01,7,,1\n",
	  "2: 1@20120=125000 <a@b> #7,7\n3: 2 \"x\"@20120=100 #7\n" },
	{ "line-breaks", "",
	  HEAD "1,2025-02-01,\"7\n7\",,1\n\n2,2025-02-01,8,,1\r\n"
	       "3,2025-02-01,\"9\r\n9\",,1\n4,2025-02-01,10,,1\n",
	  "2: 1@20120=100 #7\n7\n5: 2@20120=100 #8\n"
	  "6: 3@20120=100 #9\r\n9\n8: 4@20120=100 #10\n" },
	{ "quote-in-cell", "", HEAD "5\" disk,2025-02-01,7,,1\n",
	  "2: 5\" disk@20120=100 #7\n" },
	{ "after-quote", "", HEAD "\"1\"x,2025-02-01,7,,1\n2,20250201,7,,1\n",
	  "2:1 line-quote\n3: 2@20120=100 #7\n" },
	{ "few-cells", "", HEAD "1,2025-02-01\n2,20250201,7,,1\n",
	  "2:3 line-columns\n3: 2@20120=100 #7\n" },
	{ "many-cells", "",
	  HEAD "1,2025-02-01,7,,1,234.00\n2,20250201,7,,1,,\n",
	  "2:6 line-columns\n3: 2@20120=100 #7\n" },
	{ "mixed-delimiters", "",
	  HEAD "1,2025-02-01,7,,1\n2;2025-02-01;7;;1\n3\t2025-02-01\t7\t\t1\n",
	  "2: 1@20120=100 #7\n3:2 line-columns\n4:2 line-columns\n" },
	{ "no-date", "", HEAD "1,,7,,1\n2,soon,7,,1\n3,2025-02-30,7,,1\n",
	  "2:2 date-empty\n3:2 date-form\n4:2 date-day\n" },
	{ "years", "", HEAD "1,0001-01-01,7,,1\n2,9999-01-01,7,,1\n",
	  "2:2 date-early\n3:2 date-future\n" },
	{ "no-id", "", HEAD ",2025-02-01,7,,1\n\"1,23457E+12\",20250201,7,,1\n",
	  "2:1 order-empty\n3:1 order-cut\n" },
	{ "amounts", "",
	  HEAD "1,2025-02-01,7,,\n2,2025-02-01,7,,x\n"
	       "3,2025-02-01,7,,99999999999999999999\n4,20250201,7,,1E+5\n",
	  "2:5 amount-empty\n3:5 amount-form\n4:5 amount-large\n"
	  "5:5 amount-cut\n" },
	{ "nobody", "", HEAD "1,2025-02-01,,,1\n2,2025-02-01,0,n/a,1\n",
	  "2:0 customer-none\n3:0 customer-none\n" },
	{ "a-name-is-no-number", "",
	  HEAD "1,2025-02-01,Hans Hansen,,1\n2,2025-02-01,x@y.example,,1\n",
	  "2:0 customer-none\n3: 2@20120=100 <x@y.example>\n" },
	{ "several-addresses", "",
	  "Order,Date,Email,E-mail 2,Amount\n"
	  "1,20250201,a@b;c@d,\"e@f, g@h\",1\n",
	  "2: 1@20120=100 <a@b> <c@d> <e@f> <g@h>\n" },
	{ "formulas", "",
	  HEAD "=1+1,2025-02-01,\"=cmd|' /C calc'!A0\",@SUM(1),1\n"
	       "\"=\"\"00123\"\"\",2025-02-01,\"=\"\"007\"\"\",,1\n",
	  "2: =1+1@20120=100 <@SUM(1)> #=cmd|' /C calc'!A0\n"
	  "3: 00123@20120=100 #007\n" },
	{ "decimal-comma-proved", "",
	  "Order;Date;Kundenr;Amount\n1;20250201;7;1.234\n2;20250201;7;0,5\n",
	  "2: 1@20120=123400 #7\n3: 2@20120=50 #7\n" },
	{ "decimal-dot-proved", "",
	  "Order;Date;Kundenr;Amount\n1;20250201;7;1.234\n2;20250201;7;0.5\n",
	  "2: 1@20120=123 #7\n3: 2@20120=50 #7\n" },
	{ "decimal-not-proved", "",
	  "Order\tDate\tKundenr\tAmount\n1\t20250201\t7\t1.234\n"
	  "2\t20250201\t7\t12\n",
	  "2:4 amount-ambiguous\n3: 2@20120=1200 #7\n" },
	{ "decimal-both", "",
	  "Order;Date;Kundenr;Amount\n1;20250201;7;1.234\n2;20250201;7;0.5\n"
	  "3;20250201;7;0,5\n",
	  "2:4 amount-ambiguous\n3: 2@20120=50 #7\n4: 3@20120=50 #7\n" },
	{ "decimal-said", "decimal=comma",
	  "Order\tDate\tKundenr\tAmount\n1\t20250201\t7\t1.234\n",
	  "2: 1@20120=123400 #7\n" },
	{ "month-first-proved", "",
	  HEAD "1,02/01/2025,7,,1\n2,12/31/2024,7,,1\n",
	  "2: 1@20120=100 #7\n3: 2@20088=100 #7\n" },
	{ "empty-lines-first", "", "\r\n\n" HEAD "1,20250201,7,,1\n",
	  "4: 1@20120=100 #7\n" },
	{ "month-first-with-dashes", "",
	  HEAD "1,02-01-2025,7,,1\n2,12-31-2024,7,,1\n3,2025-02-01,7,,1\n",
	  "2: 1@20120=100 #7\n3: 2@20088=100 #7\n4: 3@20120=100 #7\n" },
	{ "day-first", "", HEAD "1,01/02/2025,7,,1\n2,01/03/2025,7,,1\n",
	  "2: 1@20120=100 #7\n3: 2@20148=100 #7\n" },
	{ "month-first-said", "dates=mdy", HEAD "1,02/01/2025,7,,1\n",
	  "2: 1@20120=100 #7\n" },
	{ "both-orders-but-said", "dates=dmy",
	  HEAD "1,31/12/2024,7,,1\n2,12/31/2024,7,,1\n",
	  "2: 1@20088=100 #7\n3:2 date-day\n" },
	{ "both-orders", "", HEAD "1,31/12/2024,7,,1\n2,12/31/2024,7,,1\n",
	  "refused: line 2 has the day first, line 3 the month; correct one, "
	  "or say --mapping dates=dmy or dates=mdy\n" },
	{ "currencies", "",
	  "Order,Date,Kundenr,Amount,Currency\n1,20250201,7,10,EUR\n"
	  "2,20250201,7,10,dkk\n3,20250201,7,10,\n4,20250201,7,10,SEK\n"
	  "5,20250201,7,10,euro\n6,20250201,7,$10 USD,\n"
	  "7,20250201,7,9999999999999,EUR\n",
	  "2: 1@20120=7460 #7\n3: 2@20120=1000 #7\n4: 3@20120=1000 #7\n"
	  "5:5 currency-rate\n6:5 currency-form\n7: 6@20120=6900 #7\n"
	  "8:5 amount-large\n" },
	{ "refunds", "",
	  "Order,Date,Kundenr,Amount,Type,Original order\n"
	  "1,20250201,7,10,Sale,\n2,20250201,7,-4,Sale,1\n"
	  "3,20250201,7,4,Kreditnota,1\n4,20250201,7,-4,Refund,\n",
	  "2: 1@20120=1000 #7\n3: 2@20120=-400 of 1 #7\n"
	  "4: 3@20120=-400 of 1 #7\n5: 4@20120=-400 #7\n" },
	{ "status", "",
	  "Order,Date,Kundenr,Amount,Status\n1,20250201,7,10,paid\n"
	  "2,20250201,7,10,Refunded\n3,20250201,7,10,Annulleret\n"
	  "4,20250201,7,10,partially refunded\n",
	  "2: 1@20120=1000 #7\n3: 2@20120=1000 cancelled #7\n"
	  "4: 3@20120=1000 cancelled #7\n5: 4@20120=1000 #7\n" },
	{ "attributes", "",
	  "Kundenummer;E-mail;Samtykke;Oprettet\n7;a@b;nej;x\n8;c@d;;x\n"
	  "9;e@f;m\xc3\xa5ske;x\n",
	  "2: <a@b> #7 consent 0\n3: <c@d> #8\n4:3 consent-form\n" },
	{ "domains", "",
	  "Kundenummer,Website\n7,https://www.acme.example/x?y\n8,@Corp.example\n"
	  "9,nonsense\n10,\n",
	  "2: #7 .acme.example\n3: #8 .Corp.example\n4:2 domain-form\n"
	  "5: #10\n" },
	{ "mapped", "order=Doc,amount=#4,email=Who,date=When",
	  "Doc;When;Who;Sum;Total\n1;20250201;a@b;5;9\n",
	  "2: 1@20120=500 <a@b>\n" },
	{ "headless", "header=no,order=#1,date=#2,email=#3,amount=#4",
	  "1;20250201;a@b;5\n2;20250201;a@b;5\n",
	  "1: 1@20120=500 <a@b>\n2: 2@20120=500 <a@b>\n" },
	{ "system", "system=shop", HEAD "1,20250201,7,,5\n",
	  "2: shop\x1f"
	  "1@20120=500 #shop\x1f"
	  "7\n" },
	{ "no-order-column", "", "customer_id,date,amount\n7,20250201,5\n",
	  "2: @20120=500 #7\n" },
	{ "western", "",
	  "Ordrenr;Ordredato;Kundenr;Bel\xf8"
	  "b\n1;20250201;K\xf8"
	  "7;1\xa0"
	  "234,50\n2;20250201;K\xc3\xb8"
	  "7;1\n",
	  "2: 1@20120=123450 #K\xc3\xb8"
	  "7\n3: 2@20120=100 #K\xc3\xb8"
	  "7\n" },
	{ "bom", "", "\xef\xbb\xbf" HEAD "1,20250201,7,,5\n",
	  "2: 1@20120=500 #7\n" },
	{ "repeated-header", "",
	  HEAD "1,20250201,7,,5\n" HEAD "2,20250201,7,,5\n",
	  "2: 1@20120=500 #7\n3:2 date-form\n4: 2@20120=500 #7\n" },
	{ "only-a-header", "", HEAD, "" },
	/* refused as a whole */
	{ "empty", "", "", "refused: the file is empty\n" },
	{ "no-columns", "", "just some text\nand more\n",
	  "refused: line 1: no comma, semicolon, tab or bar makes columns of "
	  "it; is it an export with a header, and in the charset that "
	  "--mapping charset=... says?\n" },
	{ "no-customer", "", "Order ID,Date,Amount\n1,20250201,5\n",
	  "refused: line 1: no column for email, customer or domain among: "
	  "Order ID, Date, Amount; say which with --mapping COLUMN=HEADER, as "
	  "email=Contact\n" },
	{ "no-amount", "",
	  "Order ID,Date,Email,=HYPERLINK(1)\n1,20250201,a@b,5\n",
	  "refused: line 1: no column for amount among: Order ID, Date, Email, "
	  "?HYPERLINK(1); say which with --mapping COLUMN=HEADER, as "
	  "email=Contact\n" },
	{ "open-quote", "", HEAD "1,20250201,7,,5\n2,20250201,\"7,,5\n3,x\n",
	  "refused: line 3: a quote is opened and never closed; close it, "
	  "double it, or export again if the file was cut\n" },
	{ "no-such-column", "email=Contact", HEAD "1,20250201,7,,5\n",
	  "refused: email=Contact: the file has no such column; write #N for "
	  "the N-th column\n" },
	{ "two-such-columns", "email=Contact", "Contact,contact,Amount\n",
	  "refused: email=Contact: the file has several columns of that name; "
	  "write #N for the N-th column\n" },
	{ "zip", "", "PK\003\004...",
	  "refused: this is no CSV but a zip archive or a workbook (.xlsx, "
	  ".ods); save the sheet as CSV\n" },
	{ "html", "", "<table><tr>",
	  "refused: this is no CSV but XML or HTML; export CSV instead\n" },
	{ "charset", "charset=UTF-99", HEAD,
	  "refused: charset=UTF-99: this system knows no such charset; iconv "
	  "-l lists them\n" },
};

#endif
