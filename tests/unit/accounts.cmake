# SPDX-License-Identifier: GPL-3.0-or-later
mw_add_test(tst_Accounts SOURCES tst_Accounts.cpp LIBS mailward_respond TIMEOUT 120)
mw_add_test(tst_AccountHosts COST 30 SOURCES tst_AccountHosts.cpp LIBS mailward_respond LABELS rig threads TIMEOUT 120)
