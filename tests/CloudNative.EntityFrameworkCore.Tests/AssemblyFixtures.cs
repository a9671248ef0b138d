using CloudNative.TestSupport.PostgreSql;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]
