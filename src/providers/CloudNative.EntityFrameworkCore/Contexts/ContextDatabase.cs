using CloudNative.Shared.OutboxSql;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.EntityFrameworkCore.Contexts;

/// <summary>
/// The database of a context, by a context of our own from a scope of its own for each piece of work: whatever the
/// service configured (data source, interceptors, credentials) holds here too.
/// </summary>
internal sealed class ContextDatabase<TContext>(IServiceScopeFactory scopes)
    where TContext : DbContext
{
    private const string Sqlite = "Microsoft.EntityFrameworkCore.Sqlite";
    private const string PostgreSql = "Npgsql.EntityFrameworkCore.PostgreSQL";

    private readonly Lock _naming = new();
    private DatabaseIdentity? _identity;
    private OutboxNames? _tables;

    /// <summary>What logs call it.</summary>
    public static string Name => typeof(TContext).Name;

    /// <summary>Whether an open connection is on this database.</summary>
    public bool Holds(DbConnection connection)
    {
        lock (_naming)
        {
            if (_identity is null)
            {
                // Asked of an open connection: only then does SQLite say which file it is.
                using var scope = scopes.CreateScope();
                var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
                database.OpenConnection();
                _identity = DatabaseIdentity.Of(database.GetDbConnection());
            }

            return _identity == DatabaseIdentity.Of(connection);
        }
    }

    /// <summary>The names of the tables, for statements on somebody else's connection.</summary>
    public OutboxNames Tables
    {
        get
        {
            if (_tables is null)
            {
                using var scope = scopes.CreateScope();
                _tables = TableNames.Of(scope.ServiceProvider.GetRequiredService<TContext>());
            }

            return _tables;
        }
    }

    /// <summary>Runs work on an open connection.</summary>
    /// <exception cref="CloudNative.Eventing.EventTransportException">
    /// The database cannot be reached, or lacks the tables.
    /// </exception>
    public async ValueTask<T> RunAsync<T>(
        Func<DbConnection, OutboxNames, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                var context = scope.ServiceProvider.GetRequiredService<TContext>();
                _tables ??= TableNames.Of(context);
                await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                return await work(context.Database.GetDbConnection(), _tables, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (DbException exception)
        {
            throw DatabaseErrors.Translate(exception, Name);
        }
    }

    /// <summary>Refuses a database of a kind that nobody has tried, and one that nobody else can see.</summary>
    public void EnsureKnown()
    {
        using var scope = scopes.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<TContext>().Database;
        if (database.ProviderName is not (Sqlite or PostgreSql))
        {
            throw DatabaseErrors.UnknownDatabase(Name, database.ProviderName);
        }

        if (database.ProviderName == Sqlite && IsPrivate(database))
        {
            throw DatabaseErrors.PrivateDatabase(Name);
        }
    }

    private static bool IsPrivate(DatabaseFacade database)
    {
        var text = new DbConnectionStringBuilder { ConnectionString = database.GetConnectionString() };
        var source = text.TryGetValue("Data Source", out var name) ? $"{name}" : "";
        var isInMemory = source is "" or ":memory:" || Says("Mode", "Memory");
        return isInMemory && !Says("Cache", "Shared");

        bool Says(string key, string value) =>
            text.TryGetValue(key, out var found) && string.Equals($"{found}", value, StringComparison.OrdinalIgnoreCase);
    }
}
