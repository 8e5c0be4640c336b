# SPDX-License-Identifier: GPL-3.0-or-later
mw_add_test(tst_Detect COST 75 SOURCES tst_Detect.cpp LIBS mailward_score TIMEOUT 300)
mw_add_test(tst_DetectRules SOURCES tst_DetectRules.cpp LIBS mailward_detect)
mw_add_test(tst_Tape SOURCES tst_Tape.cpp LIBS mailward_detect LABELS threads)
mw_add_test(tst_AttackShape SOURCES tst_AttackShape.cpp LIBS mailward_detect)
mw_add_test(tst_Incidents SOURCES tst_Incidents.cpp LIBS mailward_controllers)
mw_add_test(tst_CliDetect SOURCES tst_CliDetect.cpp LIBS mailward_models)
add_dependencies(tst_CliDetect mailward-cli)
