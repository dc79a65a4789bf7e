# Sieve for a support mailbox (Pigeonhole, Cyrus): files and flags by Tact's
# headers. Every header is one word from a fixed list: `header :is` is enough.
require ["fileinto", "mailbox", "imap4flags", "relational",
         "comparator-i;ascii-numeric"];

# A human first: legal threats, safety, press, data protection and the like.
if exists "X-Tact-Escalate" {
    addflag "\\Flagged";
    fileinto :create "Escalated";
    stop;
}

# Machines: bounces, out-of-office replies, newsletters.
if header :is "X-Tact-Status" "skipped-automated" {
    fileinto :create "Automated";
    stop;
}

# What cannot wait.
if header :is "X-Tact-Urgency" "high" {
    addflag "\\Flagged";
    fileinto :create "Urgent";
    stop;
}

# Angry and sure of it: the score is 0 (worst) to 100, 50 is neutral.
if allof (header :value "lt" :comparator "i;ascii-numeric"
                 "X-Tact-Sentiment-Score" "20",
          header :is "X-Tact-Confidence" "high") {
    addflag "$label1";
    fileinto :create "Unhappy";
    stop;
}

if header :is "X-Tact-Request" ["billing", "order"] {
    fileinto :create "Accounts";
    stop;
}
