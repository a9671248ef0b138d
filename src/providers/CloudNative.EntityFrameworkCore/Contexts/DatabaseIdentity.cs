using System.Data.Common;

namespace CloudNative.EntityFrameworkCore.Contexts;

/// <summary>Tells whether two open connections are on the same database, as far as their drivers say.</summary>
/// <param name="Driver">The type of connection.</param>
/// <param name="Source">A server with its port, or a file with its full path.</param>
/// <param name="Database">The name of the database on a server.</param>
internal sealed record DatabaseIdentity(Type Driver, string Source, string Database)
{
    public static DatabaseIdentity Of(DbConnection connection) =>
        new(connection.GetType(), connection.DataSource ?? "", connection.Database);
}
