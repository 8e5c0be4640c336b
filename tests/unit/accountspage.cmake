# SPDX-License-Identifier: GPL-3.0-or-later
mw_add_test(tst_AccountsPage SOURCES tst_AccountsPage.cpp LIBS mailward_controllers)
mw_add_test(tst_AccountServers SOURCES tst_AccountServers.cpp LIBS mailward_controllers)
mw_add_test(tst_EarlierContainments SOURCES tst_EarlierContainments.cpp LIBS mailward_controllers)
