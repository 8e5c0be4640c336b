# SPDX-License-Identifier: GPL-3.0-or-later
mw_add_test(tst_Packs SOURCES tst_Packs.cpp ../support/HostileCorpus.cpp ../support/HostileCorpus.h LIBS mailward_logs)
mw_add_test(tst_Fail2banImport SOURCES tst_Fail2banImport.cpp LIBS mailward_logs)
