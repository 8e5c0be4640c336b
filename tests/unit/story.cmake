# SPDX-License-Identifier: GPL-3.0-or-later
mw_add_test(tst_Story SOURCES tst_Story.cpp LIBS mailward_story TIMEOUT 300)
