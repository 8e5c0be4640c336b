mw_add_test(tst_Tables SOURCES tst_Tables.cpp LIBS mailward_tables)
