using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;

namespace CloudNative.TestSupport.Transactions;

/// <summary>A connection to a database that exists as an object only: it begins transactions, and that is all.</summary>
internal sealed class ModelConnection(object database) : DbConnection
{
    public object Model => database;

    [AllowNull]
    public override string ConnectionString { get; set; } = string.Empty;

    public override string Database => "model";

    public override string DataSource => "model";

    public override string ServerVersion => "1";

    public override ConnectionState State => ConnectionState.Open;

    public override void ChangeDatabase(string databaseName) => throw new NotSupportedException();

    public override void Close()
    {
    }

    public override void Open()
    {
    }

    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => new ModelTransaction(this);

    protected override DbCommand CreateDbCommand() => throw new NotSupportedException();
}
