# SPDX-License-Identifier: GPL-3.0-or-later
mw_add_fuzz(fuzz_LogFraming CORPUS framing LIBS mailward_logs)
mw_add_fuzz(fuzz_LogLines CORPUS lines LIBS mailward_logs)
mw_add_fuzz(fuzz_LogUnpack CORPUS unpack LIBS mailward_logs)
mw_add_fuzz(fuzz_LogJson CORPUS json LIBS mailward_logs)
mw_add_fuzz(fuzz_LogFilter CORPUS filter LIBS mailward_logs)

# Every pack is of one family; each family is a program of its own.
function(mw_fuzz_packs family)
  string(REPLACE ";" "," packs "${ARGN}")
  mw_add_fuzz(fuzz_LogPack${family} SOURCE fuzz_LogPack.cpp CORPUS packs/${family} LIBS mailward_logs)
  target_compile_definitions(fuzz_LogPack${family} PRIVATE MAILWARD_PACKS="${packs}")
endfunction()
mw_fuzz_packs(Postfix postfix services-postfix filters)
mw_fuzz_packs(Dovecot dovecot services-dovecot)
mw_fuzz_packs(Ssh sshd dropbear pam system)
mw_fuzz_packs(Mail exim sendmail opensmtpd qmail haraka stalwart zimbra)
mw_fuzz_packs(Boxes courier cyrus uw-imap saslauthd webmail ftp bans)
