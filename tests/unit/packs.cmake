# SPDX-License-Identifier: GPL-3.0-or-later
mw_add_test(tst_Packs SOURCES tst_Packs.cpp ../support/HostileCorpus.cpp ../support/HostileCorpus.h LIBS mailward_logs)
