using System.Globalization;
using CloudNative.Eventing;
using Npgsql;

namespace CloudNative.PostgreSql.Databases;

/// <summary>Where connections come from.</summary>
/// <param name="dataSource">Opens and pools them.</param>
/// <param name="passwords">Their passwords, where the data source is ours and has any.</param>
/// <param name="isOwned">Whether it is ours to dispose.</param>
internal sealed class DatabaseSource(NpgsqlDataSource dataSource, PasswordSource? passwords, bool isOwned) : IAsyncDisposable
{
    // Present, old, and once more the present one, which the server may have learnt meanwhile.
    private const int Tries = 3;

    /// <summary>How the database is called in messages.</summary>
    public string Name { get; } = Describe(dataSource.ConnectionString);

    /// <summary>
    /// The server and the database, for documents; <see langword="null"/> when the address names no host.
    /// </summary>
    public EventServer? Server { get; } = FindServer(dataSource.ConnectionString);

    /// <summary>
    /// Whether an open connection, of whatever data source, is on the same database, as far as its address says.
    /// </summary>
    public bool Holds(NpgsqlConnection connection)
    {
        var text = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString);
        return string.Equals(connection.Database, text.Database ?? text.Username, StringComparison.Ordinal)
            && (text.Host ?? string.Empty).Split(',', StringSplitOptions.TrimEntries).Any(host => IsAt(connection, host, text.Port));
    }

    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException exception) when (tries < Tries && DatabaseErrors.IsPasswordRefused(exception)
                && passwords?.Refused() is true)
            {
                // Again, with the other password.
            }
        }
    }

    public NpgsqlConnection Open()
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return dataSource.OpenConnection();
            }
            catch (PostgresException exception) when (tries < Tries && DatabaseErrors.IsPasswordRefused(exception)
                && passwords?.Refused() is true)
            {
                // Again, with the other password.
            }
        }
    }

    public ValueTask DisposeAsync() => isOwned ? dataSource.DisposeAsync() : ValueTask.CompletedTask;

    private static bool IsAt(NpgsqlConnection connection, string host, int port) =>
        string.Equals(connection.Host, host, StringComparison.OrdinalIgnoreCase)
            ? connection.Port == port
            : string.Equals(
                string.Create(CultureInfo.InvariantCulture, $"{connection.Host}:{connection.Port}"),
                host,
                StringComparison.OrdinalIgnoreCase);

    private static EventServer? FindServer(string connectionString)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString);
        if (text.Host is not { Length: > 0 } hosts)
        {
            return null;
        }

        var addresses = hosts.Split(',', StringSplitOptions.TrimEntries)
            .Select(host => host.Contains(':', StringComparison.Ordinal) || host.StartsWith('/')
                ? host
                : string.Create(CultureInfo.InvariantCulture, $"{host}:{text.Port}"));
        return new EventServer("postgresql", string.Join(',', addresses))
        {
            PathName = text.Database is { Length: > 0 } name ? $"/{name}" : null,
        };
    }

    private static string Describe(string connectionString)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString);
        return $"{text.Host}/{text.Database ?? text.Username}";
    }
}
