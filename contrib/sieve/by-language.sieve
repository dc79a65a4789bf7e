# Sieve: one folder a language, for teams that share the work by language.
require ["fileinto", "mailbox", "variables"];

if header :matches "X-Tact-Language" "*" {
    set :upperfirst "language" "${1}";
    if header :is "X-Tact-Language" ["da", "sv", "nb", "nn", "de", "en"] {
        fileinto :create "Language.${language}";
        stop;
    }
}
