namespace CloudNative.PostgreSql;

/// <summary>
/// Which database is used and who creates its tables. Section <c>CloudNative:PostgreSql</c>; read once, at first use, except the password.
/// </summary>
public sealed class PostgreSqlOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "CloudNative:PostgreSql";

    /// <summary>
    /// The connection string, in the words of Npgsql. A password in it is read anew for each connection that is opened, so that it can be
    /// changed while the service runs. Default: none; <see cref="ConnectionName"/> is looked up.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>
    /// The name of the connection string below <c>ConnectionStrings</c>, used when there is neither a <see cref="ConnectionString"/> nor an
    /// <c>NpgsqlDataSource</c> among the services. Default <c>postgresql</c>.
    /// </summary>
    public string ConnectionName { get; set; } = "postgresql";

    /// <summary>
    /// The schema that the tables are in; services that share events share it. Lower-case letters, digits and <c>_</c>, at most 48
    /// characters. Default <c>cloudnative</c>.
    /// </summary>
    public string Schema { get; set; } = "cloudnative";

    /// <summary>Who creates the tables. Default <see cref="PostgreSqlProvisioning.Create"/>.</summary>
    public PostgreSqlProvisioning Provision { get; set; } = PostgreSqlProvisioning.Create;

    /// <summary>The event log.</summary>
    public PostgreSqlEventsOptions Events { get; set; } = new();
}
