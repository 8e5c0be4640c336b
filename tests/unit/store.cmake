mw_add_test(tst_StoreFilter SOURCES tst_StoreFilter.cpp LIBS mailward_store)
mw_add_test(tst_StoreDatabase SOURCES tst_StoreDatabase.cpp LIBS mailward_store Qt6::Sql TIMEOUT 300)
mw_add_test(tst_StoreQuery SOURCES tst_StoreQuery.cpp LIBS mailward_store TIMEOUT 300)
mw_add_test(tst_StoreThreads SOURCES tst_StoreThreads.cpp LIBS mailward_store LABELS threads TIMEOUT 300)
