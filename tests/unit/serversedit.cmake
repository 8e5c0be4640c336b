# SPDX-License-Identifier: GPL-3.0-or-later
mw_add_test(tst_ServersEdit SOURCES tst_ServersEdit.cpp "${CMAKE_SOURCE_DIR}/tests/support/LocalSshd.cpp" LIBS mailward_controllers LABELS ssh threads)
