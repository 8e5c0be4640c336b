# SPDX-License-Identifier: GPL-3.0-or-later
mw_add_test(tst_Optimiser COST 60 SOURCES tst_Optimiser.cpp LIBS mailward_respond TIMEOUT 300)
mw_add_test(tst_PrefixTrie SOURCES tst_PrefixTrie.cpp LIBS mailward_respond)
