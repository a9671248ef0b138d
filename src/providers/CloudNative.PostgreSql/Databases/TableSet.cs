using System.Globalization;
using CloudNative.PostgreSql.Configuration;
using Npgsql;

namespace CloudNative.PostgreSql.Databases;

/// <summary>
/// Tables of ours for one purpose, as the scripts that make them, with their version in a table beside them. A version only ever adds to
/// the one before it, so that processes of two neighbouring versions run side by side. Each script notes the version that it leads to.
/// </summary>
/// <param name="name">What they are for.</param>
/// <param name="scripts">What leads from each version to the next, from nothing on.</param>
internal sealed class TableSet(string name, IReadOnlyList<string> scripts)
{
    /// <summary>The schema as the scripts name it, so that they run as they stand.</summary>
    private const string WrittenSchema = "cloudnative.";

    // "cn" and the purpose; one for all schemas, since nobody waits for it more than once a deployment.
    private const long InstallLock = 0x636E_0000_0000_0001;

    public string Name { get; } = name;

    /// <summary>The version that this service creates.</summary>
    public int Version => scripts.Count;

    /// <summary>Those whose scripts are <c>Sql/&lt;name&gt;/0001.sql</c> and so on.</summary>
    public static TableSet FromResources(string name, int version) =>
        new(name, [.. Enumerable.Range(1, version).Select(number => Read(name, number))]);

    /// <summary>The text that brings the tables from one version to the present one, to be run by a migration.</summary>
    public string Script(string schema, int from = 0) =>
        string.Join('\n', scripts.Skip(from)).Replace(WrittenSchema, $"{schema}.", StringComparison.Ordinal);

    /// <summary>Creates or checks them, in a transaction of its own.</summary>
    public async Task PrepareAsync(
        NpgsqlConnection connection, string database, PostgreSqlOptions options, CancellationToken cancellationToken)
    {
        var found = await FindVersionAsync(connection, options.Schema, cancellationToken).ConfigureAwait(false);
        if (IsGood(found, database, options))
        {
            return;
        }

        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await connection.ExecuteAsync($"SELECT pg_advisory_xact_lock({InstallLock})", cancellationToken).ConfigureAwait(false);
            found = await FindVersionAsync(connection, options.Schema, cancellationToken).ConfigureAwait(false);
            if (!IsGood(found, database, options))
            {
                await InstallAsync(connection, database, options.Schema, found, cancellationToken).ConfigureAwait(false);
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private bool IsGood(int found, string database, PostgreSqlOptions options)
    {
        if (found > Version + 1)
        {
            throw new PostgreSqlStoreException(
                ErrorIds.TablesNewer,
                $"The tables for {Name} in schema {options.Schema} of '{database}' have version {found}; this service understands up to "
                + $"{Version + 1}. Update CloudNative.PostgreSql in this service.");
        }

        if (found < Version && options.Provision != PostgreSqlProvisioning.Create)
        {
            throw new PostgreSqlStoreException(
                ErrorIds.TablesMissing,
                $"The tables for {Name} in schema {options.Schema} of '{database}' {Have(found)}; version {Version} is needed. Run the "
                + $"scripts {Name}/{found + 1:0000}.sql to {Name}/{Version:0000}.sql of the package, or set "
                + $"{PostgreSqlOptions.SectionName}:{nameof(options.Provision)} to {nameof(PostgreSqlProvisioning.Create)}.");
        }

        return found >= Version;
    }

    private async Task InstallAsync(
        NpgsqlConnection connection, string database, string schema, int from, CancellationToken cancellationToken)
    {
        try
        {
            // Even "IF NOT EXISTS" asks for the right to create a schema, so it is asked for only where there is none.
            if (!await connection.ScalarAsync<bool>(
                $"SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = '{schema}')", cancellationToken).ConfigureAwait(false))
            {
                await connection.ExecuteAsync($"CREATE SCHEMA {schema}", cancellationToken).ConfigureAwait(false);
            }

            await connection.ExecuteAsync(Script(schema, from), cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new PostgreSqlStoreException(
                ErrorIds.RightMissing,
                $"The role may not create the tables for {Name} in '{database}': {exception.MessageText}. As an administrator run: "
                + $"CREATE SCHEMA IF NOT EXISTS {schema}; GRANT CREATE, USAGE ON SCHEMA {schema} TO "
                + $"{connection.QuotedUser()}; or run the scripts of the package and set {PostgreSqlOptions.SectionName}:"
                + $"{nameof(PostgreSqlOptions.Provision)} to {nameof(PostgreSqlProvisioning.Validate)}.",
                exception);
        }
    }

    private async Task<int> FindVersionAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        // Not to_regclass: it answers from a cache that a transaction under way does not renew, and who waited for the lock is in one.
        var isThere = await connection.ScalarAsync<bool>(
            $"SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = '{schema}' AND tablename = 'schema_versions')", cancellationToken)
            .ConfigureAwait(false);
        return isThere
            ? await connection.ScalarAsync<int>(
                $"SELECT coalesce(max(version), 0) FROM {schema}.schema_versions WHERE name = '{Name}'", cancellationToken)
                .ConfigureAwait(false)
            : 0;
    }

    private static string Have(int found) => found == 0 ? "are missing" : $"have version {found}";

    private static string Read(string name, int number)
    {
        var resource = string.Create(CultureInfo.InvariantCulture, $"{name}/{number:0000}.sql");
        using var reader = new StreamReader(typeof(TableSet).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
