# SPDX-License-Identifier: GPL-3.0-or-later
mw_add_test(tst_Keychain SOURCES tst_Keychain.cpp LIBS mailward_controllers)
