# SPDX-License-Identifier: GPL-3.0-or-later
# Tests of models/servers; those labelled ssh start a real sshd on loopback.
set(support "${CMAKE_SOURCE_DIR}/tests/support")
mw_add_test(tst_ServersSsh SOURCES "${CMAKE_SOURCE_DIR}/tests/unit/tst_ServersSsh.cpp" ${support}/LocalSshd.cpp LIBS mailward_servers LABELS ssh threads)
mw_add_test(tst_ServersPull COST 35 SOURCES "${CMAKE_SOURCE_DIR}/tests/unit/tst_ServersPull.cpp" ${support}/LocalRunner.cpp ${support}/LocalSshd.cpp
  LIBS mailward_servers)
mw_add_test(tst_ServersValues SOURCES "${CMAKE_SOURCE_DIR}/tests/unit/tst_ServersValues.cpp" LIBS mailward_servers)
# A million strings through quoteForShell() and a real sh.
add_test(NAME tst_quoting_soak COMMAND tst_ServersValues quotingGivesBackEveryString)
set_tests_properties(tst_quoting_soak PROPERTIES LABELS soak TIMEOUT 1800 ENVIRONMENT "MAILWARD_QUOTING_ROUNDS=1000;LC_ALL=C.UTF-8")
# Its writer races with the reader on purpose; a machine that does other things meanwhile is another test.
mw_add_test(tst_ServersLive SERIAL SOURCES "${CMAKE_SOURCE_DIR}/tests/unit/tst_ServersLive.cpp" ${support}/LocalRunner.cpp ${support}/LocalSshd.cpp
  LIBS mailward_servers)
mw_add_test(tst_ServersSetup SOURCES "${CMAKE_SOURCE_DIR}/tests/unit/tst_ServersSetup.cpp" LIBS mailward_servers)
